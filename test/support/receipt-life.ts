import { innerId } from '../../src/kernel/ids.js';
import type { TestApp } from './app.js';
import type { Books, KeptMail } from './books.js';
import { eventually } from './factories.js';
import { call } from './http-client.js';
import { plainSpaces } from './pdf-text.js';

export interface ToldReceipt {
  id: string;
  number: string;
  amount: { cents: number };
  status: 'issued' | 'cancelled';
  cancelReason: string | null;
  replaces: { number: string } | null;
  replacedBy: { number: string } | null;
  pdf: { url: string } | null;
}

/** The receipts of gifts as the books hold them and as the API tells them. */
export class ReceiptLife {
  constructor(
    private readonly app: Pick<TestApp, 'url'>,
    private readonly books: Books,
    private readonly key: string,
  ) {}

  /** "1 50.00 cancelled refund → 2", oldest first. */
  async of(donationId: string): Promise<string[]> {
    const rows = await this.books.rows<{ line: string }>(
      `SELECT r.sequence || ' ' || r.amount_cents || COALESCE(' cancelled ' || c.code, '') ||
              CASE WHEN l.receipt_id IS NULL THEN '' ELSE ' living' END ||
              COALESCE(' replaces ' || p.sequence, '') AS line
         FROM receipts r
         LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
         LEFT JOIN living_receipts l ON l.receipt_id = r.id
         LEFT JOIN receipts p ON p.id = r.replaces_id
        WHERE r.donation_id = $1 ORDER BY r.sequence`,
      [innerId('donation', donationId)],
    );
    return rows.map(({ line }) => line);
  }

  untilLiving(donationId: string, cents: number): Promise<unknown> {
    return eventually(async () => {
      const rows = await this.books.rows<{ cents: number }>(
        `SELECT amount_cents::int AS cents FROM receipts r JOIN living_receipts l ON l.receipt_id = r.id
          WHERE r.donation_id = $1 AND r.pdf_file_id IS NOT NULL`,
        [innerId('donation', donationId)],
      );
      return (rows[0]?.cents ?? 0) === cents;
    }, `the receipt says ${cents} cents`);
  }

  /** Of one gift, newest first. */
  async told(donationId: string): Promise<ToldReceipt[]> {
    const { json } = await call(this.app, '/v1/receipts?limit=100', { key: this.key });
    const { data } = json as { data: Array<ToldReceipt & { donationId: string }> };
    return data.filter((receipt) => receipt.donationId === donationId);
  }

  /** The mails about money that went back, in their order: "donor-refund-settled". */
  async mailFacts(): Promise<string[]> {
    return (await this.mails()).map(({ fact }) => fact.split(':')[0]!);
  }

  async mails(): Promise<Array<KeptMail & { words: string }>> {
    const mails = (await this.books.mails()).filter(({ fact }) => /^(donor|treasurer)-/.test(fact));
    return mails.map((mail) => ({ ...mail, words: plainSpaces(mail.text) }));
  }

  /** The mail about one fact. */
  untilMail(factStart: string, aboutId?: string): Promise<KeptMail & { words: string }> {
    return eventually(
      async () =>
        (await this.mails()).find(
          ({ fact, state }) =>
            fact.startsWith(factStart) && (!aboutId || fact.endsWith(aboutId)) && state === 'sent',
        ),
      `the mail ${factStart} is sent`,
    );
  }
}
