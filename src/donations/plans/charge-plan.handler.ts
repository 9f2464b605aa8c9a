import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { CLOCK } from '../../platform/clock.token.js';
import { HandlesJob, type JobHandler } from '../../platform/queue/define-job.js';
import { ChargePlan } from './charge-plan.js';
import { chargePlanJob } from './plans.jobs.js';

type Target = { associationId: string; planId: string };

@Injectable()
@HandlesJob(chargePlanJob)
export class ChargePlanHandler implements JobHandler<Target> {
  constructor(
    private readonly chargePlan: ChargePlan,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  run({ associationId, planId }: Target): Promise<void> {
    return this.chargePlan.run(associationId, planId, legalDate(this.clock.now()));
  }
}
