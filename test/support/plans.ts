import { ChargePlanHandler } from '../../src/donations/plans/charge-plan.handler.js';
import { daysFrom } from '../../src/donations/plans/due-dates.js';
import { FindDuePlansHandler } from '../../src/donations/plans/find-due-plans.handler.js';
import { legalDate, type LegalDate } from '../../src/kernel/clock.js';
import { innerId } from '../../src/kernel/ids.js';
import type { TestApp } from './app.js';
import type { Books } from './books.js';
import {
  eventually,
  givenGift,
  payAtSandbox,
  untilPaid,
  type GivenForm,
  type MadeGift,
} from './factories.js';
import { SandboxControl } from './sandbox-control.js';

export interface KeptPlan {
  id: string;
  associationId: string;
  state: string;
  amountCents: number;
  anchorDay: number | null;
  nextDueOn: LegalDate | null;
  pausedReason: string | null;
  pausedUntil: LegalDate | null;
  endedReason: string | null;
  mandateId: string;
  cardExpiresOn: LegalDate | null;
  token: string;
}

export interface KeptPeriod {
  dueOn: LegalDate;
  state: string;
  donationId: string | null;
  attempts: number;
  nextAttemptOn: LegalDate | null;
  failureKind: string | null;
  failureReason: string | null;
  skippedBecause: string | null;
}

export interface KeptMandate {
  state: string;
  customerId: string | null;
  mandateId: string | null;
  method: string | null;
  cardExpiresOn: LegalDate | null;
}

export const today = (): LegalDate => legalDate(new Date());
export const inDays = (days: number): LegalDate => daysFrom(today(), days);

/** Gifts that come again, for one form: what the donor does, what the calendar does, what the books then hold. */
export class GivenPlans {
  readonly sandbox: SandboxControl;

  constructor(
    private readonly app: TestApp,
    private readonly books: Books,
    private readonly form: GivenForm,
  ) {
    this.sandbox = new SandboxControl(app);
  }

  gift(overrides: Record<string, unknown> = {}): Promise<MadeGift> {
    return givenGift(this.app, this.form, { frequency: 'monthly', wantsReceipt: false, ...overrides });
  }

  /** Begun: the first gift is paid, and the mandate known. */
  async active(overrides: Record<string, unknown> = {}, method = 'creditcard'): Promise<KeptPlan> {
    const gift = await this.gift(overrides);
    await payAtSandbox(gift.checkoutUrl, 'paid', method);
    await untilPaid(gift.statusUrl);
    const { id } = await this.ofGift(gift.id);
    return eventually(async () => {
      const plan = await this.plan(id);
      const mandate = await this.mandate(plan);
      return plan.state === 'active' && mandate.state === 'valid' && (await this.isQuiet()) && plan;
    }, 'the plan is active');
  }

  async ofGift(donationId: string): Promise<{ id: string }> {
    const [row] = await this.books.rows<{ id: string }>('SELECT plan_id AS id FROM donations WHERE id = $1', [
      innerId('donation', donationId),
    ]);
    return row!;
  }

  async plan(id: string): Promise<KeptPlan> {
    const [plan] = await this.books.rows<KeptPlan>(
      `SELECT id, association_id AS "associationId", state, amount_cents::int AS "amountCents", anchor_day AS "anchorDay",
              next_due_on::text AS "nextDueOn", paused_reason AS "pausedReason", paused_until::text AS "pausedUntil",
              ended_reason AS "endedReason", mandate_id AS "mandateId", card_expires_on::text AS "cardExpiresOn", token
         FROM plans WHERE id = $1`,
      [id],
    );
    return plan!;
  }

  async mandate({ mandateId }: Pick<KeptPlan, 'mandateId'>): Promise<KeptMandate> {
    const [mandate] = await this.books.rows<KeptMandate>(
      `SELECT state, provider_customer_id AS "customerId", provider_mandate_id AS "mandateId", method,
              card_expires_on::text AS "cardExpiresOn" FROM payment_mandates WHERE id = $1`,
      [mandateId],
    );
    return mandate!;
  }

  /** Oldest first. */
  periods(planId: string): Promise<KeptPeriod[]> {
    return this.books.rows(
      `SELECT due_on::text AS "dueOn", state, donation_id AS "donationId", attempts, next_attempt_on::text AS "nextAttemptOn",
              failure_kind AS "failureKind", failure_reason AS "failureReason", skipped_because AS "skippedBecause"
         FROM plan_periods WHERE plan_id = $1 ORDER BY due_on`,
      [planId],
    );
  }

  async states(planId: string): Promise<string[]> {
    return (await this.periods(planId)).map(({ state }) => state);
  }

  /**
   * Time goes by: what was is moved back, and the next due date to a day of today's calendar. The schema forbids such
   * a thing; its owner alone can.
   */
  async dueOn({ id }: KeptPlan, day: LegalDate): Promise<void> {
    const key = 'plan_period_events_period_fkey';
    const back = `SET due_on = due_on - 40 WHERE plan_id = '${id}'`;
    await this.books.rows(
      `DO $$ BEGIN
         ALTER TABLE plan_period_events DISABLE TRIGGER plan_period_events_append_only, DROP CONSTRAINT ${key};
         UPDATE plan_periods ${back};
         UPDATE plan_period_events ${back};
         ALTER TABLE plan_period_events ENABLE TRIGGER plan_period_events_append_only,
           ADD CONSTRAINT ${key} FOREIGN KEY (association_id, plan_id, due_on) REFERENCES plan_periods (association_id, plan_id, due_on);
         UPDATE plans SET next_due_on = '${day}', anchor_day = extract(day FROM date '${day}'), charge_staged_at = NULL WHERE id = '${id}';
       END $$`,
    );
  }

  /** Days go by for a period that failed. */
  async daysLater(plan: KeptPlan, days: number): Promise<void> {
    await this.books.rows(
      `UPDATE plan_periods SET first_failed_on = first_failed_on - $2::int, next_attempt_on = next_attempt_on - $2::int
        WHERE plan_id = $1 AND state = 'failed'`,
      [plan.id, days],
    );
    await this.books.rows('UPDATE plans SET charge_staged_at = NULL WHERE id = $1', [plan.id]);
  }

  /** The periodic look, and all that follows from it. */
  async lookAtCalendar(): Promise<void> {
    await this.app.get(FindDuePlansHandler).run();
    await this.quiet();
  }

  /** As a worker does that was handed the job. */
  charge({ associationId, id: planId }: KeptPlan): Promise<void> {
    return this.app.get(ChargePlanHandler).run({ associationId, planId });
  }

  async quiet(): Promise<void> {
    await eventually(async () => {
      await this.sandbox.deliverWebhooks();
      return this.isQuiet();
    }, 'no job is left');
  }

  /** What was charged of this plan at the provider, oldest first, by any of its mandates. */
  async charges(plan: KeptPlan): Promise<Array<{ status: string; cents: number }>> {
    const all = await this.books.rows<{ customerId: string | null }>(
      'SELECT provider_customer_id AS "customerId" FROM payment_mandates WHERE holder = $1',
      [plan.id],
    );
    const payments = await this.sandbox.payments({ sequenceType: 'recurring' });
    return payments
      .filter(({ customerId }) => all.some((mandate) => mandate.customerId === customerId))
      .map(({ status, amount }) => ({ status, cents: amount.cents }))
      .reverse();
  }

  /** Facts of the mails about a plan, in order: "failed", "paused". */
  async mails(plan: KeptPlan): Promise<string[]> {
    const rows = await this.books.rows<{ fact: string }>(
      `SELECT fact FROM mail_deliveries WHERE fact LIKE 'plan-%:' || $1::text || ':%' ORDER BY id`,
      [plan.id],
    );
    return rows.map(({ fact }) => fact.slice('plan-'.length).split(':')[0]!);
  }

  /** Mails that wait for a while are sent now. */
  async sendLateMails(): Promise<void> {
    await this.books.rows(`UPDATE outbox SET run_at = now() WHERE job = 'plans.tell-donor'`);
    await this.quiet();
  }

  private async isQuiet(): Promise<boolean> {
    return (
      (await this.books.count(
        "outbox WHERE died_at IS NULL AND run_at < now() + interval '5 minutes' AND job NOT LIKE '%find%' AND job NOT LIKE '%sweep%'",
      )) === 0
    );
  }
}
