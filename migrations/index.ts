import { Scopes1764000000000 } from './1764000000000-scopes.js';
import { PlatformTables1764000001000 } from './1764000001000-platform-tables.js';
import { Associations1764000002000 } from './1764000002000-associations.js';
import { FormsAndDonors1764000003000 } from './1764000003000-forms-and-donors.js';
import { Payments1764000004000 } from './1764000004000-payments.js';
import { ProviderFacts1764000004500 } from './1764000004500-provider-facts.js';
import { Donations1764000005000 } from './1764000005000-donations.js';
import { ReceiptsAndMail1764000006000 } from './1764000006000-receipts-and-mail.js';
import { Ledger1764000007000 } from './1764000007000-ledger.js';
import { RefundsAndDisputes1764000008000 } from './1764000008000-refunds-and-disputes.js';
import { SendingRefunds1764000008500 } from './1764000008500-sending-refunds.js';
import { DisputesPastMoney1764000008600 } from './1764000008600-disputes-past-money.js';
import { LedgerOfEarlierMoney1764000008700 } from './1764000008700-ledger-of-earlier-money.js';
import { ProviderAccounts1764000009000 } from './1764000009000-provider-accounts.js';
import { PlansAndMandates1764000010000 } from './1764000010000-plans-and-mandates.js';
import { ReceiptLife1764000011000 } from './1764000011000-receipt-life.js';
import { ReceiptsOfEarlierReturns1764000011500 } from './1764000011500-receipts-of-earlier-returns.js';
import { Payouts1764000012000 } from './1764000012000-payouts.js';
import { TipsOfflineAlerts1764000013000 } from './1764000013000-tips-offline-alerts.js';
import { PeriodicJobs1764000014000 } from './1764000014000-periodic-jobs.js';

/** In the order they run. Named here one by one: a forgotten file is a type error, not a missing table. */
export const migrations = [
  Scopes1764000000000,
  PlatformTables1764000001000,
  Associations1764000002000,
  FormsAndDonors1764000003000,
  Payments1764000004000,
  ProviderFacts1764000004500,
  Donations1764000005000,
  ReceiptsAndMail1764000006000,
  Ledger1764000007000,
  RefundsAndDisputes1764000008000,
  SendingRefunds1764000008500,
  DisputesPastMoney1764000008600,
  LedgerOfEarlierMoney1764000008700,
  ProviderAccounts1764000009000,
  PlansAndMandates1764000010000,
  ReceiptLife1764000011000,
  ReceiptsOfEarlierReturns1764000011500,
  Payouts1764000012000,
  TipsOfflineAlerts1764000013000,
  PeriodicJobs1764000014000,
];
