import type { Evidence } from './evidence.js';
import { chargedTwice, giftsLost, plansChargedTwice } from './judge-gifts.js';
import { mailsMissing, mailsTwice } from './judge-mails.js';
import { differences, sumOf } from './judge-money.js';
import { receiptsMissing, receiptsTwice, receiptsWrong } from './judge-receipts.js';
import { refundsLost, refundsTwice } from './judge-refunds.js';

/** What must not be. Each finding is a line that says which one. */
const JUDGEMENTS = {
  giftsLost,
  chargedTwice: (evidence: Evidence) => [...chargedTwice(evidence), ...plansChargedTwice(evidence)],
  refundsLost,
  refundsTwice,
  receiptsTwice,
  receiptsMissing,
  receiptsWrong,
  mailsTwice,
  mailsMissing,
  jobsDead: ({ deadJobs }: Evidence) => deadJobs.map(({ job, error }) => `job given up: ${job}: ${error}`),
} satisfies Record<string, (evidence: Evidence) => string[]>;

export type Counts = Record<keyof typeof JUDGEMENTS, number> & { ledgerDiffCents: number };

export interface Verdict {
  counts: Counts;
  findings: string[];
}

export function judge(evidence: Evidence): Verdict {
  const differing = differences(evidence);
  const found = Object.entries(JUDGEMENTS).map(([name, look]) => [name, look(evidence)] as const);
  return {
    counts: {
      ...(Object.fromEntries(found.map(([name, { length }]) => [name, length])) as Counts),
      ledgerDiffCents: sumOf(differing),
    },
    findings: [
      ...found.flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`)),
      ...differing.map(
        ({ payment, kind, ledgerCents, providerCents }) =>
          `ledger: ${payment}, ${kind}: the ledger has ${ledgerCents} cents, the provider ${providerCents}`,
      ),
    ],
  };
}
