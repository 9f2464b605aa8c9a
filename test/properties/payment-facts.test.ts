import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { innerId, publicId } from '../../src/kernel/ids.js';
import { SyncPayment } from '../../src/payments/index.js';
import { SweepPaymentsHandler } from '../../src/payments/sweep-payments.handler.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Books, type KeptPayment } from '../support/books.js';
import { eventually, givenAssociation, givenForm, type GivenAssociation } from '../support/factories.js';
import { MoneyModel } from '../support/money-model.js';
import { GivenMoney } from '../support/money.js';

const GIFT_CENTS = 5_000;

/** What happens to the provider's call. */
const NEWS = {
  told: {},
  lost: { lose: 1 },
  doubled: { double: 1 },
  late: { delayMs: 80 },
  reordered: { reorder: true },
} as const;

/** What happens to the provider's answer when it is asked for a refund. */
const ANSWERS = {
  comes: {},
  'is lost once': { only: 'POST', onlyPath: '/v2/payments', dropAfterWork: 1 },
  'is lost for a while': { only: 'POST', onlyPath: '/v2/payments', dropAfterWork: 4 },
} as const;

const step = fc.record({
  fact: fc.oneof(
    { weight: 3, arbitrary: fc.constant('request' as const) },
    { weight: 4, arbitrary: fc.constant('move' as const) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('dashboard' as const, 'chargeback' as const, 'reverse' as const),
    },
    { weight: 1, arbitrary: fc.constantFrom('cancel' as const, 'look' as const) },
  ),
  /** Quarters of the gift; 4: all that is left. */
  share: fc.integer({ min: 1, max: 4 }),
  nth: fc.nat({ max: 2 }),
  to: fc.nat({ max: 3 }),
  news: fc.constantFrom(
    'told' as const,
    'told' as const,
    'lost' as const,
    'doubled' as const,
    'late' as const,
    'reordered' as const,
  ),
  answer: fc.constantFrom(
    'comes' as const,
    'comes' as const,
    'is lost once' as const,
    'is lost for a while' as const,
  ),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const life = fc.record({
  end: fc.oneof(
    { weight: 10, arbitrary: fc.constant('paid' as const) },
    { weight: 1, arbitrary: fc.constantFrom('failed' as const, 'expired' as const) },
  ),
  news: fc.constantFrom(...(Object.keys(NEWS) as Array<keyof typeof NEWS>)),
  steps: fc.array(step, { minLength: 2, maxLength: 10 }),
});

/** One payment, at the sandbox and here, beside its model. */
class Played {
  readonly model = new MoneyModel(GIFT_CENTS);
  private readonly chargebacks: string[] = [];

  constructor(
    private readonly app: TestApp,
    private readonly books: Books,
    private readonly association: GivenAssociation,
    private readonly money: GivenMoney,
    private readonly payment: KeptPayment & { paymentId: string; providerId: string },
  ) {}

  async play({ fact, share, nth: which, to, news, answer }: Step, index: number): Promise<void> {
    const { sandbox } = this.money;
    const { providerId } = this.payment;
    // Amounts that never repeat: the provider takes equal ones for a double click.
    const cents = share === 4 ? this.model.refundable : share * 1_000 + index;
    await sandbox.behave({ webhooks: NEWS[news] });
    const nth = which % Math.max(1, this.model[fact === 'reverse' ? 'chargebacks' : 'refunds'].length);
    switch (fact) {
      case 'request':
        return this.request(share === 4 ? undefined : cents, answer);
      case 'cancel':
        return this.cancel(nth);
      case 'look':
        return this.look();
      case 'dashboard':
        if (!this.model.hasTwin(cents) && this.model.refund(cents))
          await sandbox.refund(providerId, { cents });
        return;
      case 'move':
        return this.moveThere(nth, to);
      case 'chargeback':
        if (this.model.chargeBack(cents))
          this.chargebacks.push(await sandbox.chargeBack(providerId, { cents }));
        return;
      case 'reverse':
        if (this.model.reverse(nth)) await sandbox.reverse(providerId, this.chargebacks[nth]!);
        return;
    }
  }

  async end(state: 'paid' | 'failed' | 'expired', news: keyof typeof NEWS): Promise<void> {
    this.model.end(state);
    await this.money.sandbox.behave({ webhooks: NEWS[news] });
    await this.money.sandbox.move(this.payment.providerId, state, { method: 'creditcard' });
  }

  /** Whatever was lost or is late, the sweep finds it. */
  async converge(): Promise<void> {
    await this.money.sandbox.behave({});
    await this.money.sandbox.deliverWebhooks();
    await this.money.quiet();
    await this.books.rows(
      `UPDATE payments SET next_sync_at = now() WHERE id = $1 AND state IN ('open', 'pending', 'paid')`,
      [this.payment.id],
    );
    await this.app.get(SweepPaymentsHandler).run();
    await this.money.quiet();
  }

  async assertAgreement(): Promise<void> {
    const { model, money, payment } = this;
    const refunds = (await money.refunds(payment)).map(({ cents, state }) => `${cents} ${state}`);
    const disputes = (await money.disputes(payment)).map(({ cents, state }) => `${cents} ${state}`);
    const answer = (await money.askRefund(payment, 1_000_000)).json as {
      params: { remainingCents?: number };
    };
    expect({
      held: await money.balance('provider_balance'),
      income: await money.balance('gifts'),
      refunds: refunds.sort(),
      disputes: disputes.sort(),
      refundable: answer.params.remainingCents ?? 0,
    }).toEqual({
      held: model.held,
      income: 0 - model.held,
      refunds: model.refundStates,
      disputes: model.disputeStates,
      refundable: model.refundable,
    });
  }

  /** What may be asked for depends on what is known here, so everything is known first. */
  private async request(cents: number | undefined, answer: keyof typeof ANSWERS): Promise<void> {
    await this.converge();
    const wanted = cents ?? this.model.refundable;
    if (this.model.hasTwin(wanted)) return;
    await this.money.sandbox.behave(ANSWERS[answer]);
    const { status } = await this.money.askRefund(this.payment, cents);
    expect(status).toBe(this.model.refund(wanted) ? 201 : 409);
    await eventually(async () =>
      (await this.money.refunds(this.payment)).every(({ state }) => state !== 'requested'),
    );
  }

  private async moveThere(nth: number, pick: number): Promise<void> {
    const possible = this.model.movesOf(nth);
    const to = possible[pick % Math.max(1, possible.length)];
    if (to && this.model.move(nth, to))
      await this.money.sandbox.moveRefund(this.payment.providerId, await this.remoteRefund(nth), to);
  }

  private async cancel(nth: number): Promise<void> {
    await this.converge();
    const wanted = this.model.refunds[nth];
    if (!wanted) return;
    const wasCancelled = wanted.status === 'canceled';
    const remoteId = await this.remoteRefund(nth);
    const ours = (await this.money.refunds(this.payment)).find(({ providerId }) => providerId === remoteId)!;
    const { status } = await this.money.cancel(publicId('refund', ours.id));
    expect(status).toBe(this.model.move(nth, 'canceled') || wasCancelled ? 200 : 409);
  }

  /** Three at once: return page, webhook and sweep. */
  private async look(): Promise<void> {
    const target = { associationId: this.association.associationId, paymentId: this.payment.id };
    const sync = () => this.app.get(SyncPayment).run(target);
    await Promise.all([sync(), sync(), sync()]);
  }

  /** Refunds here and there are in the order in which they were made. */
  private async remoteRefund(nth: number): Promise<string> {
    return (await this.money.refundsAtProvider(this.payment))[nth]!.id;
  }
}

describe('facts about a payment, in any order, told or not', () => {
  let app: TestApp;
  let books: Books;
  beforeAll(async () => {
    app = await startTestApp({ mollieTimeoutMs: 2_000 });
    books = new Books(app);
  });
  afterAll(async () => {
    await books.close();
    await app.close();
  });

  async function given(): Promise<Played> {
    const association = await givenAssociation(app);
    const money = new GivenMoney(app, books, association, await givenForm(app, association));
    const gift = await money.gift(GIFT_CENTS);
    const [kept] = await books.payments(gift.id);
    const { data } = await money.read<{ data: Array<{ id: string; providerId: string }> }>(
      `/v1/payments?donation=${gift.id}`,
    );
    expect(innerId('payment', data[0]!.id)).toBe(kept!.id);
    const payment = { ...kept!, paymentId: data[0]!.id, providerId: data[0]!.providerId };
    return new Played(app, books, association, money, payment);
  }

  it('leave in the book what the model holds, and the same to be refunded', async () => {
    await fc.assert(
      fc.asyncProperty(life, async ({ end, news, steps }) => {
        const played = await given();
        await played.end(end, news);
        for (const [index, one] of steps.entries()) await played.play(one, index);
        await played.converge();
        await played.assertAgreement();
      }),
      { numRuns: 25, interruptAfterTimeLimit: 240_000 },
    );
  }, 300_000);
});
