import { Injectable } from '@nestjs/common';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import type { PlanPeriod } from './plan-period.entity.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';

/** Answers about plans, for the modules above. */
@Injectable()
export class PlanQueries {
  constructor(
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
  ) {}

  /** @throws DomainError `plan_not_found` */
  get(id: string): Promise<Plan> {
    return this.plans.get(id);
  }

  /** @throws DomainError `plan_not_found` */
  getByToken(token: string): Promise<Plan> {
    return this.plans.getByToken(token);
  }

  /** Newest first. */
  periodsOf(planId: string, take: number): Promise<PlanPeriod[]> {
    return this.periods.newest(planId, take);
  }
}
