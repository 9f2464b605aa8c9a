import { innerId, publicId } from '../../src/kernel/ids.js';
import type { TestApp } from './app.js';
import type { Books } from './books.js';
import {
  eventually,
  givenGift,
  payAtSandbox,
  untilPaid,
  type GivenAssociation,
  type GivenForm,
  type MadeGift,
} from './factories.js';
import { call, type Answer } from './http-client.js';
import { SandboxControl } from './sandbox-control.js';

/** A gift that was paid, with its payment here ("pay_…") and at the provider ("tr_…"). */
export interface PaidGift {
  gift: MadeGift;
  paymentId: string;
  providerId: string;
  token: string;
}

export interface KeptRefund {
  id: string;
  state: string;
  origin: string;
  cents: number;
  providerId: string | null;
  failureReason: string | null;
}

export interface RefundAnswer {
  id: string;
  status: string;
  origin: string;
  amount: { cents: number };
  failureReason: string | null;
}

/** Money that comes and goes back, for one association: here, at the provider, and in the ledger. */
export class GivenMoney {
  readonly sandbox: SandboxControl;

  constructor(
    private readonly app: TestApp,
    private readonly books: Books,
    private readonly association: GivenAssociation,
    private readonly form: GivenForm,
  ) {
    this.sandbox = new SandboxControl(app);
  }

  /** The same money, asked for at another process. */
  from(app: TestApp): GivenMoney {
    return new GivenMoney(app, this.books, this.association, this.form);
  }

  gift(cents = 5_000): Promise<MadeGift> {
    return givenGift(this.app, this.form, { amount: { cents, currency: 'EUR' } });
  }

  /** @param attempt inner id; absent: the only one */
  async pay(gift: MadeGift, attempt?: string): Promise<PaidGift> {
    await payAtSandbox(gift.checkoutUrl);
    await untilPaid(gift.statusUrl);
    const payments = await this.books.payments(gift.id);
    const payment = attempt === undefined ? payments[0]! : payments.find(({ id }) => id === attempt)!;
    return {
      gift,
      paymentId: publicId('payment', payment.id),
      providerId: payment.providerId!,
      token: payment.token,
    };
  }

  async paidGift(cents = 5_000): Promise<PaidGift> {
    return this.pay(await this.gift(cents));
  }

  askRefund(
    { paymentId }: Pick<PaidGift, 'paymentId'>,
    cents?: number,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const amount = cents === undefined ? {} : { amount: { cents, currency: 'EUR' } };
    return call(this.app, `/v1/payments/${paymentId}/refunds`, {
      method: 'POST',
      key: this.association.keys.treasurer,
      json: { reason: 'Donné deux fois', ...amount },
      headers,
    });
  }

  /** A refund that must be taken. */
  async refund(paid: PaidGift, cents?: number): Promise<RefundAnswer> {
    const answer = await this.askRefund(paid, cents);
    if (answer.status !== 201) throw new Error(`The refund was not taken: ${answer.status} ${answer.text}`);
    return answer.json as RefundAnswer;
  }

  cancel(refundId: string): Promise<Answer> {
    const key = this.association.keys.treasurer;
    return call(this.app, `/v1/refunds/${refundId}/cancel`, { method: 'POST', key });
  }

  async read<T>(path: string): Promise<T> {
    return (await call(this.app, path, { key: this.association.keys.reader })).json as T;
  }

  refunds({ paymentId }: Pick<PaidGift, 'paymentId'>): Promise<KeptRefund[]> {
    return this.books.rows(
      `SELECT id, state, origin, amount_cents::int AS cents, provider_refund_id AS "providerId", failure_reason AS "failureReason"
         FROM payment_refunds WHERE payment_id = $1 ORDER BY id`,
      [innerId('payment', paymentId)],
    );
  }

  disputes({ paymentId }: Pick<PaidGift, 'paymentId'>) {
    return this.books.rows<{ id: string; state: string; cents: number; reason: string | null }>(
      `SELECT id, state, amount_cents::int AS cents, reason FROM payment_disputes WHERE payment_id = $1 ORDER BY id`,
      [innerId('payment', paymentId)],
    );
  }

  /** Until the refunds of a payment are in these states, oldest first. */
  untilRefunds(paid: PaidGift, ...states: string[]): Promise<[KeptRefund, ...KeptRefund[]]> {
    return eventually(async () => {
      const refunds = await this.refunds(paid);
      return `${refunds.map(({ state }) => state)}` === `${states}` && (refunds as [KeptRefund]);
    }, `the refunds are ${states}`);
  }

  untilDisputes(paid: PaidGift, ...states: string[]) {
    return eventually(async () => {
      const disputes = await this.disputes(paid);
      return `${disputes.map(({ state }) => state)}` === `${states}` && disputes;
    }, `the disputes are ${states}`);
  }

  /** What the sandbox holds of a payment's refunds. */
  async refundsAtProvider({
    providerId,
  }: Pick<PaidGift, 'providerId'>): Promise<Array<{ id: string; status: string }>> {
    return (await this.sandbox.payment(providerId)).refunds;
  }

  /** The provider calls once more, as it does when nobody answered. */
  async webhook({ token, providerId }: PaidGift): Promise<void> {
    await call(this.app, `/webhooks/mollie/${token}`, { method: 'POST', form: { id: providerId } });
    await this.quiet();
  }

  quiet(): Promise<unknown> {
    return eventually(
      async () => (await this.books.count(`outbox WHERE died_at IS NULL AND queue = 'money'`)) === 0,
      'no job about money is left',
    );
  }

  /** Entries of one payment with its refunds and disputes, oldest first, debits positive: "refund provider_balance -2000 | gifts 2000". */
  entries({ paymentId }: Pick<PaidGift, 'paymentId'>): Promise<string[]> {
    return this.books
      .rows<{ entry: string }>(
        `SELECT e.fact || ' ' || (SELECT string_agg(l.account || ' ' || (l.debit_cents - l.credit_cents), ' | ' ORDER BY l.account <> 'provider_balance', l.account)
                                    FROM ledger_lines l WHERE l.entry_id = e.id) AS entry
           FROM ledger_entries e
          WHERE e.source_id = $1
             OR e.source_id IN (SELECT id FROM payment_refunds WHERE payment_id = $1 UNION ALL
                                SELECT id FROM payment_disputes WHERE payment_id = $1)
          ORDER BY e.id`,
        [innerId('payment', paymentId)],
      )
      .then((rows) => rows.map(({ entry }) => entry));
  }

  /** Debit less credit, of the whole association. */
  async balance(account: string): Promise<number> {
    const [row] = await this.books.rows<{ cents: number }>(
      `SELECT COALESCE(sum(debit_cents - credit_cents), 0)::int AS cents FROM ledger_lines
        WHERE association_id = $1 AND account = $2`,
      [this.association.associationId, account],
    );
    return row!.cents;
  }
}
