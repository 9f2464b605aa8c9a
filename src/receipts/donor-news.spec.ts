import { describe, expect, it } from '@jest/globals';
import { ordinaryReceipt } from '../../test/support/receipt-snapshots.js';
import { Money } from '../kernel/money.js';
import { donorNews, receiptNews } from './donor-news.js';
import { Receipt } from './receipt.entity.js';
import type { ReturnFact } from './return-fact.js';

const refund = (to: 'settled' | 'failed' | 'cancelled'): ReturnFact => ({ kind: 'refund', id: 'r', to });
const dispute = (to: 'opened' | 'won' | 'lost'): ReturnFact => ({ kind: 'dispute', id: 'd', to });
const news = (fact: ReturnFact, touchesReceipt: boolean, wasTold: boolean, isCorrection = false) =>
  donorNews({ fact, touchesReceipt, wasTold, isCorrection });

describe('what a donor is told', () => {
  it('a refund always, with a receipt or without', () => {
    expect([news(refund('settled'), true, false), news(refund('settled'), false, false)]).toEqual([
      'refunded',
      'refunded',
    ]);
  });

  it('that it failed or was cancelled only after it was told, or with another receipt', () => {
    expect(news(refund('failed'), false, false)).toBeNull();
    expect(news(refund('failed'), false, true)).toBe('refund_failed');
    expect(news(refund('cancelled'), true, false)).toBe('refund_cancelled');
  });

  it('never of money, for an entry that only corrects our books', () => {
    expect(news(refund('settled'), true, false, true)).toBe('corrected');
    expect(news(refund('settled'), false, false, true)).toBeNull();
  });

  it('of a dispute only when a receipt is touched by it', () => {
    expect(news(dispute('opened'), true, false)).toBe('disputed');
    expect(news(dispute('opened'), false, false)).toBeNull();
    expect(news(dispute('lost'), false, true)).toBeNull();
    expect(news(dispute('won'), false, true)).toBe('dispute_won');
    expect(news(dispute('won'), false, false)).toBeNull();
  });
});

function receipt(number: string, more: { isDrawn?: boolean; replacesNumber?: string } = {}): Receipt {
  const { isDrawn = true, replacesNumber } = more;
  return Object.assign(new Receipt(), {
    id: number,
    number,
    amountCents: 3_000,
    currency: 'EUR',
    pdfFileId: isDrawn ? 'file' : null,
    snapshot: ordinaryReceipt({ number, ...(replacesNumber && { replacesNumber }) }),
  });
}

describe('what a mail says of the receipt', () => {
  const cancelled = receipt('A');
  const amount = Money.of(3_000);

  it('another takes its place, and is in the mail', () => {
    const issued = receipt('B', { replacesNumber: 'A' });
    expect(receiptNews({ cancelled, issued, living: issued })).toEqual({
      state: 'replaced',
      number: 'B',
      amount,
      voided: 'A',
    });
  });

  it('one that stands in for an earlier one, void since another mail', () => {
    const issued = receipt('B', { replacesNumber: 'A' });
    expect(receiptNews({ cancelled: null, issued, living: issued })).toMatchObject({
      state: 'issued',
      voided: 'A',
    });
  });

  it('a receipt that could not be drawn, or is void itself by now, is not sent', () => {
    const undrawn = receipt('B', { isDrawn: false });
    expect(receiptNews({ cancelled, issued: undrawn, living: undrawn })).toEqual({
      state: 'later',
      voided: 'A',
    });
    const issued = receipt('B');
    expect(receiptNews({ cancelled, issued, living: receipt('C') })).toMatchObject({ state: 'later' });
  });

  it('void without successor; unchanged; none at all', () => {
    expect(receiptNews({ cancelled, issued: null, living: null })).toEqual({ state: 'void', voided: 'A' });
    expect(receiptNews({ cancelled: null, issued: null, living: receipt('A') })).toEqual({
      state: 'unchanged',
      number: 'A',
      amount,
    });
    expect(receiptNews({ cancelled: null, issued: null, living: null })).toEqual({ state: 'none' });
  });
});
