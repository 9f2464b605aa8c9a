import { Injectable } from '@nestjs/common';
import { FormQueries, assertAmountAccepted } from '../../forms/index.js';
import { Journal } from '../../journal/index.js';
import { newId, publicId } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import type { Plan } from './plan.entity.js';
import { planEnded } from './plans.errors.js';
import { PlansRepository } from './plans.repository.js';
import { TellDonor } from './tell-donor.js';

/** From the next debit on. A payment that is under way, or tried again, keeps the amount it began with. */
@Injectable()
export class ChangePlanAmount {
  constructor(
    private readonly plans: PlansRepository,
    private readonly forms: FormQueries,
    private readonly tellDonor: TellDonor,
    private readonly journal: Journal,
  ) {}

  /** In a unit. @throws DomainError `plan_not_found`, `plan_ended`, `validation_failed` at /amount */
  async run(planId: string, amount: Money, actor: string): Promise<Plan> {
    const plan = await this.plans.getForUpdate(planId);
    if (plan.state === 'ended') throw planEnded();
    if (plan.amount.equals(amount)) return plan;
    const form = await this.forms.get(plan.formId);
    // The bounds of the form hold; its suggestions are for those who choose for the first time.
    assertAmountAccepted({ ...form, allowsFreeAmount: true }, amount);
    const from = plan.amount;
    await this.plans.update(plan, { amountCents: amount.cents });
    await this.tellDonor.run(plan, 'amount_changed', newId());
    await this.journal.record({
      actor,
      action: 'plan.amount_changed',
      subject: publicId('plan', planId),
      details: { from: from.toJSON(), to: amount.toJSON() },
    });
    return plan;
  }
}
