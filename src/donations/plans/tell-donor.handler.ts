import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { forbidsMail } from './failure-kind.js';
import { PlanMailer } from './plan-mailer.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { Plan } from './plan.entity.js';
import { tellDonorJob } from './plans.jobs.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanNews } from './tell-donor.js';

type Target = { associationId: string; planId: string; news: string; about: string };

/** One mail about one fact, unless the fact was overtaken meanwhile. */
@Injectable()
@HandlesJob(tellDonorJob)
export class TellDonorHandler implements JobHandler<Target> {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly mailer: PlanMailer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ associationId, planId, news, about }: Target): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const plan = await this.plans.get(planId);
      const latest = await this.periods.latest(planId);
      const told = { plan, latest, news: news as PlanNews, about, today: legalDate(this.clock.now()) };
      if (isStillTrue(told.news, plan, latest) && !forbidsMail(latest?.failureReason ?? null))
        await this.mailer.stage(told);
    });
  }
}

/** A mail that says what is no longer so would only confuse. */
function isStillTrue(news: PlanNews, plan: Plan, latest: PlanPeriod | null): boolean {
  switch (news) {
    case 'failed':
      return latest?.state === 'failed' && latest.nextAttemptOn !== null;
    case 'gave_up':
      return latest?.state === 'given_up' && plan.state === 'active';
    case 'ended':
    case 'stopped':
      return plan.state === 'ended';
    case 'paused':
    case 'disputed':
      return plan.state === 'paused';
    case 'resumed':
    case 'card_expiring':
      return plan.state === 'active';
    case 'amount_changed':
    case 'mended':
      return true;
  }
}
