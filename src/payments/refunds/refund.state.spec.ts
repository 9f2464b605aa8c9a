import { describe, expect, it } from '@jest/globals';
import { PROVIDER_REFUND_STATUSES } from '../providers/payment-provider.js';
import { nextRefundState, refundMachine, type RefundState } from './refund.state.js';

const row = (from: RefundState) => refundMachine.states.filter((to) => refundMachine.canMove(from, to));

describe('a refund', () => {
  it.each<[RefundState, RefundState[]]>([
    ['requested', ['sent', 'settled', 'failed', 'cancelled']],
    ['sent', ['settled', 'failed', 'cancelled']],
    ['settled', ['failed']],
    ['failed', []],
    ['cancelled', []],
  ])('that is %s goes to %j and nowhere else', (from, targets) => {
    expect(row(from)).toEqual(targets);
  });

  it.each<[RefundState, string[]]>([
    ['requested', ['sent', 'sent', 'settled', 'settled', 'failed', 'cancelled', 'sent']],
    ['sent', ['sent', 'sent', 'settled', 'settled', 'failed', 'cancelled', 'sent']],
    ['settled', ['settled', 'settled', 'settled', 'settled', 'failed', 'settled', 'settled']],
    ['failed', ['failed', 'failed', 'failed', 'failed', 'failed', 'failed', 'failed']],
    ['cancelled', Array(7).fill('cancelled') as string[]],
  ])(
    'that is %s follows queued, pending, processing, refunded, failed, canceled, unrecognised',
    (from, to) => {
      expect(PROVIDER_REFUND_STATUSES.map((status) => nextRefundState(from, status))).toEqual(to);
    },
  );
});
