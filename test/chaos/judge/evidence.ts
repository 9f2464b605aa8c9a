import type { ChaosDatabase } from '../house/chaos-database.js';
import type { TakenMail } from '../house/mail-server.js';
import type { RemotePayment } from '../house/provider.js';
import type { TakenOnRecord } from '../population/chronicle.js';

export interface KeptPayment {
  id: string;
  /** The donation. */
  reference: string;
  state: string;
  providerId: string | null;
}

/** What one fact of a payment, its refunds or its disputes has moved on the account of the provider's balance. */
export interface KeptMovement {
  fact: string;
  /** Null: of no payment we know. */
  paymentId: string | null;
  cents: number;
}

export interface KeptReceipt {
  id: string;
  donationId: string;
  year: number;
  sequence: number;
  amountCents: number;
  /** Neither cancelled nor replaced. */
  isLiving: boolean;
}

/** Everything that is judged: the provider's word on one side, ours on the other, and what donors and mailboxes saw. */
export interface Evidence {
  remote: RemotePayment[];
  taken: TakenOnRecord[];
  /** "rfd_…": refunds that we have said we took. */
  refundsTaken: string[];
  mails: TakenMail[];
  donations: Array<{ id: string; state: string; wantsReceipt: boolean; planId: string | null }>;
  payments: KeptPayment[];
  movements: KeptMovement[];
  receipts: KeptReceipt[];
  /** Rows of what was to be mailed. */
  deliveries: Array<{ id: string; fact: string; state: string }>;
  refunds: Array<{ id: string; state: string }>;
  /** "don_…": gifts of which an alert says that they are paid twice. */
  toldTwicePaid: string[];
  deadJobs: Array<{ job: string; error: string }>;
}

export type Outside = Pick<Evidence, 'remote' | 'taken' | 'refundsTaken' | 'mails'>;

/** Reads our side of the evidence, past row-level security. */
export async function gatherEvidence(
  database: Pick<ChaosDatabase, 'rows'>,
  outside: Outside,
): Promise<Evidence> {
  const donations = await database.rows<Evidence['donations'][number]>(
    `SELECT id, state, wants_receipt AS "wantsReceipt", plan_id AS "planId" FROM donations`,
  );
  const payments = await database.rows<KeptPayment>(
    `SELECT id, reference, state, provider_id AS "providerId" FROM payments`,
  );
  const movements = await database.rows<KeptMovement>(
    `SELECT e.fact, COALESCE(p.id, r.payment_id, d.payment_id) AS "paymentId",
              sum(l.debit_cents - l.credit_cents)::int AS cents
         FROM ledger_entries e
         JOIN ledger_lines l ON l.association_id = e.association_id AND l.entry_id = e.id AND l.account = 'provider_balance'
         LEFT JOIN payments p ON e.source_type = 'payment' AND p.id = e.source_id
         LEFT JOIN payment_refunds r ON e.source_type = 'refund' AND r.id = e.source_id
         LEFT JOIN payment_disputes d ON e.source_type = 'dispute' AND d.id = e.source_id
        GROUP BY 1, 2`,
  );
  const receipts = await database.rows<KeptReceipt>(
    `SELECT id, donation_id AS "donationId", year, sequence, amount_cents::int AS "amountCents",
              NOT EXISTS (SELECT FROM receipt_cancellations c WHERE c.receipt_id = receipts.id) AS "isLiving" FROM receipts`,
  );
  const deliveries = await database.rows<Evidence['deliveries'][number]>(
    'SELECT id, fact, state FROM mail_deliveries',
  );
  const refunds = await database.rows<{ id: string; state: string }>('SELECT id, state FROM payment_refunds');
  const told = await database.rows<{ gift: string }>(
    `SELECT DISTINCT details->>'donation' AS gift FROM alerts WHERE kind = 'donation_paid_twice'`,
  );
  const deadJobs = await database.rows<{ job: string; error: string }>(
    `SELECT job, COALESCE(last_error, '') AS error FROM outbox WHERE died_at IS NOT NULL`,
  );
  const toldTwicePaid = told.map(({ gift }) => gift);
  return {
    ...outside,
    donations,
    payments,
    movements,
    receipts,
    deliveries,
    refunds,
    toldTwicePaid,
    deadJobs,
  };
}
