import { describe, expect, it } from '@jest/globals';
import { longestReceipt, ordinaryReceipt } from '../../test/support/receipt-snapshots.js';
import { receiptSnapshotSchema, type ReceiptSnapshot } from './receipt-snapshot.js';

const base = ordinaryReceipt();
const refusals = (changes: Partial<ReceiptSnapshot>) =>
  receiptSnapshotSchema.safeParse({ ...base, ...changes }).error?.issues.map((issue) => issue.path.join('.'));

describe('the snapshot of a receipt', () => {
  it('goes through JSON unchanged', () => {
    for (const snapshot of [base, longestReceipt()]) {
      expect(receiptSnapshotSchema.parse(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
    }
  });

  it('certifies articles 200 and 978 only, each once', () => {
    expect(refusals({ articles: ['238 bis'] as never })).toEqual(['articles.0']);
    expect(refusals({ articles: ['200', '200'] })).toEqual(['articles']);
    expect(refusals({ articles: [] })).toEqual(['articles']);
  });

  it('is never issued before the gift was paid', () => {
    expect(refusals({ gift: { ...base.gift, paidOn: '2026-11-23' } })).toEqual(['gift.paidOn']);
    expect(refusals({ gift: { ...base.gift, paidOn: '2026-02-30' } })).toEqual(['gift.paidOn']);
  });

  it('holds a positive amount in whole cents', () => {
    for (const cents of [0, -1, 10.5]) {
      expect(refusals({ gift: { ...base.gift, amount: { cents, currency: 'EUR' } } })).toEqual([
        'gift.amount.cents',
      ]);
    }
  });

  it('names the means of payment of money, and of nothing else', () => {
    expect(refusals({ gift: { ...base.gift, means: undefined } })).toEqual(['gift.means']);
    expect(refusals({ gift: { ...base.gift, nature: 'titres_de_societes_cotes' } })).toEqual(['gift.means']);
  });

  it('names what an "other" gift was', () => {
    expect(refusals({ gift: { ...base.gift, nature: 'autres', means: undefined } })).toEqual([
      'gift.natureDetail',
    ]);
    expect(refusals({ gift: { ...base.gift, natureDetail: 'Un tableau' } })).toEqual(['gift.natureDetail']);
  });

  it('refuses fields it does not know: nothing slips into a frozen document', () => {
    expect(refusals({ taxRate: 66 } as never)).toHaveLength(1);
    expect(refusals({ replacesNumber: base.number })).toEqual(['replacesNumber']);
  });
});
