import { Injectable } from '@nestjs/common';
import { legalDate } from '../../kernel/clock.js';
import { PaymentMoved, PaymentQueries, type PaymentMovedPayload } from '../../payments/index.js';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { EndUnbegun } from './end-unbegun.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';
import { TakeCharge } from './take-charge.js';
import { TakeFirstPayment } from './take-first-payment.js';

/** What a payment's move means for its plan; runs in the payment's own transaction. */
@Injectable()
@ListensTo(PaymentMoved)
export class FollowPlanPayment implements EventListener<PaymentMovedPayload> {
  constructor(
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly payments: PaymentQueries,
    private readonly takeCharge: TakeCharge,
    private readonly takeFirst: TakeFirstPayment,
    private readonly unbegun: EndUnbegun,
  ) {}

  async on(moved: PaymentMovedPayload): Promise<void> {
    if (moved.sequence === 'oneoff') return;
    if (moved.to !== 'paid' && moved.to !== 'failed' && moved.to !== 'canceled' && moved.to !== 'expired')
      return;
    const plan = await this.plans.findByDonationForUpdate(moved.reference);
    if (!plan) return;
    if (moved.sequence === 'first') await this.first(plan, moved);
    else await this.recurring(plan, moved);
  }

  private async first(plan: Plan, { reference, mandateId, paidAt, to }: PaymentMovedPayload): Promise<void> {
    if (to === 'paid')
      await this.takeFirst.run(plan, {
        donationId: reference,
        mandateId: mandateId!,
        paidOn: legalDate(paidAt!),
      });
    // Refused or left, the donor may try again; the checkout's own end is the end of it.
    else if (to === 'expired' && plan.state === 'pending') await this.unbegun.run(plan);
  }

  private async recurring(plan: Plan, { reference, paymentId, to }: PaymentMovedPayload): Promise<void> {
    const period = await this.periods.ofDonation(reference);
    if (!period) return;
    if (to === 'paid') return this.takeCharge.paid(period);
    const [latest] = await this.payments.attemptsFor(reference);
    if (latest?.id === paymentId) await this.takeCharge.failed(plan, period, latest.failureReason);
  }
}
