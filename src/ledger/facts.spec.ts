import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import * as facts from './facts.js';
import { balancedLines, type PostingLine } from './posting.js';

const eur = (cents: number) => Money.of(cents);

/** "D bank 12.00 / C cash 12.00", without the lines of zero. */
const shown = (lines: PostingLine[]) =>
  balancedLines({ fact: 'correction', lines })
    .map(({ account, debit, credit }) =>
      debit ? `D ${account} ${debit.toDecimal()}` : `C ${account} ${credit!.toDecimal()}`,
    )
    .join(' / ');

const plain = { gift: eur(5_000), tip: eur(0), income: 'gifts' as const };
const tipped = { ...plain, tip: eur(300) };
const company = { ...plain, income: 'company_gifts' as const };

describe('the lines of', () => {
  it.each<[string, PostingLine[], string]>([
    ['a gift', facts.giftSettled(plain), 'D provider_balance 50.00 / C gifts 50.00'],
    [
      'a gift with a tip',
      facts.giftSettled(tipped),
      'D provider_balance 53.00 / C gifts 50.00 / C platform_tips 3.00',
    ],
    ['a company’s gift', facts.giftSettled(company), 'D provider_balance 50.00 / C company_gifts 50.00'],
    ['a tip that is taken', facts.tipTaken(eur(300)), 'D platform_tips 3.00 / C provider_balance 3.00'],
    ['a fee', facts.providerFee(eur(29)), 'D provider_fees 0.29 / C provider_balance 0.29'],
    [
      'a return',
      facts.moneyReturned(tipped),
      'D gifts 50.00 / D platform_tips 3.00 / C provider_balance 53.00',
    ],
    ['a payout', facts.payout(eur(9_000)), 'D bank 90.00 / C provider_balance 90.00'],
    [
      'a payout that is too small',
      facts.payoutDifference(eur(9_000), eur(8_950)),
      'D payout_differences 0.50 / C provider_balance 0.50',
    ],
    [
      'a payout that is too large',
      facts.payoutDifference(eur(9_000), eur(9_100)),
      'D provider_balance 1.00 / C payout_differences 1.00',
    ],
    ['a payout that is right', facts.payoutDifference(eur(9_000), eur(9_000)), ''],
    ['a cheque', facts.offlineGift(eur(100), 'cheque', 'gifts'), 'D cheques_to_deposit 1.00 / C gifts 1.00'],
    ['cash', facts.offlineGift(eur(100), 'cash', 'gifts'), 'D cash 1.00 / C gifts 1.00'],
    [
      'a transfer',
      facts.offlineGift(eur(100), 'transfer', 'company_gifts'),
      'D bank 1.00 / C company_gifts 1.00',
    ],
    [
      'cheques deposited',
      facts.offlineDeposit(eur(100), 'cheque'),
      'D bank 1.00 / C cheques_to_deposit 1.00',
    ],
    ['cash deposited', facts.offlineDeposit(eur(100), 'cash'), 'D bank 1.00 / C cash 1.00'],
  ])('%s', (_name, lines, expected) => expect(shown(lines)).toBe(expected));

  it('a reverse of a reverse is the entry itself', () => {
    const lines = facts.giftSettled(tipped);
    expect(facts.reversed(facts.reversed(lines))).toEqual(lines);
  });
});

describe('lines that do not add up', () => {
  const refused = (lines: PostingLine[]) => () => balancedLines({ fact: 'payout', lines });

  it('are a fault of ours, and say which entry', () =>
    expect(
      refused([
        { account: 'bank', debit: eur(100) },
        { account: 'gifts', credit: eur(99) },
      ]),
    ).toThrow('Ledger entry payout does not balance: debit 1.00, credit 0.99.'));

  it('one line alone is one of them', () =>
    expect(refused([{ account: 'bank', debit: eur(100) }])).toThrow('does not balance'));

  it('a negative amount is meant for the other side', () =>
    expect(refused(facts.payout(eur(-100)))).toThrow('negative amount'));

  it('nothing at all is no entry', () => expect(refused(facts.payout(eur(0)))()).toEqual([]));
});
