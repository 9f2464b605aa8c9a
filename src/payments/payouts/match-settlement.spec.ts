import { describe, expect, it } from '@jest/globals';
import { Money } from '../../kernel/money.js';
import type { SettlementParts } from '../providers/payment-provider.js';
import { matchSettlement, partKey, type KnownPart, type PartKind } from './match-settlement.js';

const eur = (cents: number) => Money.of(cents);
const part = (id: string, cents: number) => ({ id, paymentId: 'tr_1', moved: eur(cents) });
const parts = (some: Partial<SettlementParts>): SettlementParts => ({
  payments: [],
  refunds: [],
  chargebacks: [],
  ...some,
});
const row = (
  kind: PartKind,
  providerId: string,
  cents: number,
  more: Partial<KnownPart> = {},
): KnownPart => ({
  kind,
  providerId,
  rowId: `row of ${providerId}`,
  paymentId: 'pay',
  amount: eur(cents),
  applicationFee: eur(0),
  hasMoved: true,
  hasReturned: false,
  ...more,
});
const books = (...rows: KnownPart[]) =>
  new Map(rows.map((known) => [partKey(known.kind, known.providerId), known]));
const match = (amount: number, costs: number, told: Partial<SettlementParts>, ...rows: KnownPart[]) =>
  matchSettlement({ amount: eur(amount), costs: eur(costs) }, parts(told), books(...rows));

describe('a payout held against the books', () => {
  it('is what was paid, less contributions, refunds, chargebacks and costs', () => {
    const {
      parts: matched,
      explained,
      difference,
    } = match(
      3_770,
      130,
      {
        payments: [part('tr_1', 10_500)],
        refunds: [part('re_1', -2_000)],
        chargebacks: [part('chb_1', -4_100)],
      },
      row('payment', 'tr_1', 10_500, { applicationFee: eur(500) }),
      row('refund', 're_1', 2_000),
      row('dispute', 'chb_1', 4_100),
    );
    expect([explained.cents, difference.cents]).toEqual([3_900, 0]);
    expect(matched.map(({ fault }) => fault)).toEqual([null, null, null]);
  });

  it('what came back counts for it again', () => {
    const { difference } = match(
      5_000,
      0,
      { refunds: [part('re_1', 2_000), part('re_2', 0)], chargebacks: [part('chb_1', 3_000)] },
      row('refund', 're_1', 2_000, { hasReturned: true }),
      row('refund', 're_2', 700, { hasReturned: true }),
      row('dispute', 'chb_1', 3_000, { hasReturned: true }),
    );
    expect(difference.cents).toBe(0);
  });

  it('a part that is not ours is all difference', () => {
    const { parts: matched, difference } = match(1_000, 0, { payments: [part('tr_9', 1_000)] });
    expect(matched).toMatchObject([{ rowId: null, fault: 'unknown', explained: { cents: 0 } }]);
    expect(difference.cents).toBe(1_000);
  });

  it('a part with another amount counts as our books say, and is shown', () => {
    const { parts: matched, difference } = match(
      900,
      0,
      { payments: [part('tr_1', 900)] },
      row('payment', 'tr_1', 1_000),
    );
    expect(matched).toMatchObject([{ fault: 'amount', moved: { cents: 900 }, explained: { cents: 1_000 } }]);
    expect(difference.cents).toBe(-100);
  });

  it.each([
    ['a payment that is not paid here', 'payment', 1_000, { hasMoved: false }],
    ['a refund that has not gone here', 'refund', -1_000, { hasMoved: false }],
    ['a refund that comes back, and has not failed here', 'refund', 1_000, {}],
    ['a dispute that comes back, and is not won here', 'dispute', 1_000, {}],
  ] as const)('%s does not fit', (_, kind, cents, more) => {
    const list = { payment: 'payments', refund: 'refunds', dispute: 'chargebacks' } as const;
    const { parts: matched, difference } = match(
      cents,
      0,
      { [list[kind]]: [part('x_1', cents)] },
      row(kind, 'x_1', 1_000, more),
    );
    expect(matched).toMatchObject([{ fault: 'state', explained: { cents: 0 } }]);
    expect(difference.cents).toBe(cents);
  });

  it('cents that nothing explains are the difference, in either direction', () => {
    const paid = { payments: [part('tr_1', 1_000)] };
    expect(match(983, 25, paid, row('payment', 'tr_1', 1_000)).difference.cents).toBe(8);
    expect(match(970, 25, paid, row('payment', 'tr_1', 1_000)).difference.cents).toBe(-5);
  });
});
