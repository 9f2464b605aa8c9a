export { notBookedSql } from './booked-sql.js';
export {
  giftSettled,
  moneyReturned,
  offlineDeposit,
  offlineGift,
  payout,
  payoutDifference,
  providerFee,
  reversed,
  tipTaken,
  type GiftParts,
  type OfflineMeans,
} from './facts.js';
export { INCOME_ROLES, type IncomeRole, type LedgerRole } from './ledger-accounts.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerQueries, type LedgerEntry, type LedgerLine } from './ledger.queries.js';
export { PostEntry } from './post-entry.js';
export type { LedgerFact, LedgerSource, Posting, PostingLine } from './posting.js';
export { SetAccountNumber } from './set-account-number.js';
