import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/domain-error.js';
import { StartPayment, type Attempt } from '../../payments/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { daysFrom } from './due-dates.js';
import { DuePeriods } from './due-periods.js';
import { EndUnbegun } from './end-unbegun.js';
import { PlansRepository } from './plans.repository.js';
import { ResumePlan } from './resume-plan.js';

/**
 * Does with one plan what its day asks for. All that is decided is decided under the plan's lock: a second runner, a
 * replay or a killed process finds it decided, and at most asks the provider again with the same key.
 */
@Injectable()
export class ChargePlan {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
    private readonly due: DuePeriods,
    private readonly resume: ResumePlan,
    private readonly unbegun: EndUnbegun,
    private readonly payments: StartPayment,
  ) {}

  /** @throws DomainError `payment_provider_unavailable`: to be tried again; nothing is charged twice by that */
  async run(associationId: string, planId: string, today: LegalDate): Promise<void> {
    const attempt = await this.uow.inTenant(associationId, () => this.decide(planId, today));
    if (attempt) await this.payments.open(associationId, attempt).catch(writtenDown);
  }

  private async decide(planId: string, today: LegalDate): Promise<Attempt | undefined> {
    const plan = await this.plans.getForUpdate(planId);
    if (plan.state === 'pending') await this.unbegun.run(plan);
    if (plan.state === 'paused' && plan.pausedUntil !== null && plan.pausedUntil <= today)
      await this.resume.from(plan, daysFrom(plan.pausedUntil, 1));
    return plan.state === 'active' ? this.due.attemptFor(plan, today) : undefined;
  }
}

/** A refusal is an answer: payment and period have failed, and say why. */
function writtenDown(error: unknown): void {
  if (!(error instanceof DomainError) || error.code !== 'payment_refused_by_provider') throw error;
}
