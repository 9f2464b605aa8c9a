import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { publicId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { MovePeriod } from './move-period.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { Plan } from './plan.entity.js';
import { chargeUnderWay, nothingToRetry, planNotActive } from './plans.errors.js';
import { chargePlanJob } from './plans.jobs.js';
import { PlansRepository } from './plans.repository.js';

/** The treasurer asks for the failed period now, rather than on its day. */
@Injectable()
export class RetryPeriod {
  constructor(
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly movePeriod: MovePeriod,
    private readonly outbox: Outbox,
    private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In a unit. @throws DomainError `plan_not_found`, `plan_not_active`, `plan_charge_under_way`, `plan_nothing_to_retry` */
  async run(planId: string, actor: string): Promise<Plan> {
    const plan = await this.plans.getForUpdate(planId);
    if (plan.state !== 'active') throw planNotActive();
    const latest = await this.periods.latest(planId);
    if (latest?.state === 'charging') throw chargeUnderWay();
    if (latest?.state !== 'failed' && latest?.state !== 'given_up') throw nothingToRetry();
    const nextAttemptOn = legalDate(this.clock.now());
    if (latest.state === 'failed') await this.periods.update(latest, { nextAttemptOn });
    else await this.movePeriod.run(latest, 'failed', { nextAttemptOn });
    await this.outbox.stage(chargePlanJob, { associationId: plan.associationId, planId });
    await this.journal.record({
      actor,
      action: 'plan.retry_asked',
      subject: publicId('plan', planId),
      details: { dueOn: latest.dueOn },
    });
    return plan;
  }
}
