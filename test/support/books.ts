import pg from 'pg';
import { innerId } from '../../src/kernel/ids.js';
import type { TestApp } from './app.js';

export interface KeptReceipt {
  id: string;
  donationId: string;
  number: string;
  sequence: number;
  pdf: { sha256: string; bytes: Buffer } | null;
}

export interface KeptMail {
  id: string;
  fact: string;
  state: 'queued' | 'sent' | 'failed';
  recipient: string;
  subject: string;
  text: string;
  lastError: string | null;
  attachments: Array<{ fileId: string; filename: string }>;
}

export interface KeptPayment {
  id: string;
  state: string;
  providerId: string | null;
  token: string;
  refundedCents: number;
  chargedBackCents: number;
}

/** What the database holds, read by the owner of the schema: past row-level security, as an auditor would. */
export class Books {
  private readonly pool: pg.Pool;

  constructor({ database }: Pick<TestApp, 'database'>) {
    this.pool = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
    // A test may cut every connection there is.
    this.pool.on('error', () => undefined);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query(sql, parameters)).rows as Row[];
  }

  async count(from: string, parameters: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, parameters);
    return row!.n;
  }

  /** Oldest first: the first attempt is the first. */
  payments(donationId: string): Promise<KeptPayment[]> {
    return this.rows(
      `SELECT id, state, provider_id AS "providerId", token, refunded_cents::int AS "refundedCents",
              charged_back_cents::int AS "chargedBackCents"
         FROM payments WHERE reference = $1 ORDER BY id`,
      [innerId('donation', donationId)],
    );
  }

  async receipts(donationId?: string): Promise<KeptReceipt[]> {
    const rows = await this.rows<KeptReceipt & { sha256: string | null; bytes: Buffer | null }>(
      `SELECT r.id, r.donation_id AS "donationId", r.number, r.sequence, f.sha256, f.bytes
         FROM receipts r LEFT JOIN stored_files f ON f.id = r.pdf_file_id
        WHERE $1::uuid IS NULL OR r.donation_id = $1 ORDER BY r.sequence`,
      [donationId === undefined ? null : innerId('donation', donationId)],
    );
    return rows.map(({ sha256, bytes, ...receipt }) => ({
      ...receipt,
      pdf: sha256 && bytes ? { sha256, bytes } : null,
    }));
  }

  mails(donationId?: string): Promise<KeptMail[]> {
    return this.rows(
      `SELECT id, fact, state, recipient, subject, body_text AS text, last_error AS "lastError", attachments
         FROM mail_deliveries WHERE $1::text IS NULL OR fact LIKE '%:' || $1 ORDER BY id`,
      [donationId === undefined ? null : innerId('donation', donationId)],
    );
  }

  /** Jobs that wait, run, or were given up. */
  jobs(
    name?: string,
  ): Promise<
    Array<{ id: string; job: string; attempts: number; lastError: string | null; isDead: boolean }>
  > {
    return this.rows(
      `SELECT id, job, attempts, last_error AS "lastError", died_at IS NOT NULL AS "isDead"
         FROM outbox WHERE $1::text IS NULL OR job = $1 ORDER BY id`,
      [name ?? null],
    );
  }

  /** Everything that happened to one gift, in order, in words. */
  async lifeOf(donationId: string): Promise<string[]> {
    const rows = await this.rows<{ line: string }>(
      `WITH attempts AS (
         SELECT id, row_number() OVER (ORDER BY id) AS nth FROM payments WHERE reference = $1)
       SELECT id, 'attempt ' || nth || ' ' || from_state || ' → ' || to_state AS line
         FROM payment_events JOIN (SELECT id AS payment_id, nth FROM attempts) a USING (payment_id)
       UNION ALL
       SELECT id, 'gift ' || from_state || ' → ' || to_state FROM donation_events WHERE donation_id = $1
       UNION ALL
       SELECT id, 'journal ' || action FROM journal_entries WHERE subject = $2
       UNION ALL
       SELECT id, 'receipt ' || sequence || ' of ' || amount_cents || ' cents' ||
              CASE WHEN pdf_file_id IS NULL THEN '' ELSE ', drawn' END FROM receipts WHERE donation_id = $1
       UNION ALL
       SELECT id, 'mail ' || state || ' with ' || jsonb_array_length(attachments) || ' attachment' FROM mail_deliveries
        WHERE fact LIKE '%:' || $1::text
       ORDER BY id`,
      [innerId('donation', donationId), donationId],
    );
    return rows.map(({ line }) => line);
  }
}
