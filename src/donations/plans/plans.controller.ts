import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { JsonBody, QueryParams } from '../../platform/http/zod-body.js';
import { PausePlan } from './pause-plan.js';
import { PlanReader } from './plan-reader.js';
import { pauseRequest, planDetailResponse, planPage, plansQuery } from './plans.dto.js';
import { ResumePlan } from './resume-plan.js';
import { RetryPeriod } from './retry-period.js';
import { StopPlan } from './stop-plan.js';

@ApiTags('Plans')
@Controller('v1/plans')
export class PlansController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reader: PlanReader,
    private readonly retryPeriod: RetryPeriod,
    private readonly pausePlan: PausePlan,
    private readonly resumePlan: ResumePlan,
    private readonly stopPlan: StopPlan,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, planPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(plansQuery) query: z.output<typeof plansQuery>) {
    return this.reader.page(caller.associationId, query);
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, planDetailResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.reader.one(caller.associationId, innerId('plan', id));
  }

  /** Charges the failed period now. Refused while a payment is under way. */
  @Post(':id/retry')
  @HttpCode(202)
  @Allow('treasurer')
  @Answers(202, planDetailResponse)
  retry(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.change(caller, id, (planId) => this.retryPeriod.run(planId, caller.actor));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Allow('treasurer')
  @Answers(200, planDetailResponse)
  pause(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @JsonBody(pauseRequest) { months }: z.output<typeof pauseRequest>,
  ) {
    const pause = { months, reason: 'association' as const };
    return this.change(caller, id, (planId) => this.pausePlan.run(planId, pause, caller.actor));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('treasurer')
  @Answers(200, planDetailResponse)
  resume(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.change(caller, id, (planId) => this.resumePlan.run(planId, caller.actor));
  }

  /** For good; the donor is told. */
  @Post(':id/stop')
  @HttpCode(200)
  @Allow('treasurer')
  @Answers(200, planDetailResponse)
  stop(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.change(caller, id, (planId) => this.stopPlan.run(planId, 'association', caller.actor));
  }

  private async change({ associationId }: Caller, id: string, work: (planId: string) => Promise<unknown>) {
    const planId = innerId('plan', id);
    await this.uow.inTenant(associationId, () => work(planId));
    return this.reader.one(associationId, planId);
  }
}
