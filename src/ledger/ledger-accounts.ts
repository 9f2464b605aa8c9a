/** A text for the books (French) and for the API's readers (English). */
interface Labels {
  fr: string;
  en: string;
}

interface LedgerAccount {
  /** What the chart gives; an association may use another number of the same class. */
  number: string;
  labels: Labels;
  source: string;
}

const ANC_2018_06 = 'Règlement ANC n° 2018-06 (plan comptable des associations)';
const ANC_2014_03 = 'Règlement ANC n° 2014-03 (plan comptable général)';

/** What money is booked on, by what it means here. The first digit of a number is its class: 4 third parties, 5 money, 6 costs, 7 income. */
export const LEDGER_ACCOUNTS = {
  /** What the payment provider holds for the association. */
  provider_balance: {
    number: '5115',
    labels: { fr: 'Paiements par carte à encaisser', en: 'Card payments to be received' },
    source: ANC_2018_06,
  },
  bank: { number: '512', labels: { fr: 'Banques', en: 'Banks' }, source: ANC_2014_03 },
  cheques_to_deposit: {
    number: '5112',
    labels: { fr: 'Chèques à encaisser', en: 'Cheques to deposit' },
    source: ANC_2014_03,
  },
  cash: { number: '530', labels: { fr: 'Caisse', en: 'Cash' }, source: ANC_2014_03 },
  gifts: { number: '75411', labels: { fr: 'Dons manuels', en: 'Gifts' }, source: ANC_2018_06 },
  company_gifts: {
    number: '7542',
    labels: { fr: 'Mécénat', en: 'Gifts of companies' },
    source: ANC_2018_06,
  },
  waived_expenses: {
    number: '75412',
    labels: { fr: 'Abandons de frais par les bénévoles', en: 'Expenses waived by volunteers' },
    source: ANC_2018_06,
  },
  provider_fees: {
    number: '627',
    labels: { fr: 'Services bancaires et assimilés', en: 'Banking services' },
    source: ANC_2014_03,
  },
  /** Voluntary contributions to the platform: they pass through and are no income of the association. */
  platform_tips: {
    number: '467',
    labels: { fr: 'Débiteurs et créditeurs divers', en: 'Sundry debtors and creditors' },
    source: ANC_2014_03,
  },
  /** What a payout does not explain, until somebody does. */
  payout_differences: {
    number: '471',
    labels: { fr: 'Compte d’attente', en: 'Suspense account' },
    source: ANC_2014_03,
  },
} as const satisfies Record<string, LedgerAccount>;

export type LedgerRole = keyof typeof LEDGER_ACCOUNTS;
export const LEDGER_ROLES = Object.keys(LEDGER_ACCOUNTS) as [LedgerRole, ...LedgerRole[]];

/** Accounts that a gift can be income on. */
export const INCOME_ROLES = ['gifts', 'company_gifts', 'waived_expenses'] as const;
export type IncomeRole = (typeof INCOME_ROLES)[number];

/** Digits only, three at least: the first three are those of the chart (LPF art. A47 A-1, VII). */
const NUMBER = /^\d{3,12}$/;

export type NumberFault = 'malformed_account_number' | 'other_account_class';

/** May this account have this number? It may be finer than the chart's, but stays in its class. */
export function accountNumberFault(role: LedgerRole, number: string): NumberFault | undefined {
  if (!NUMBER.test(number)) return 'malformed_account_number';
  return number[0] === LEDGER_ACCOUNTS[role].number[0] ? undefined : 'other_account_class';
}
