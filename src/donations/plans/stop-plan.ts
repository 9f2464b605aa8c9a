import { Injectable } from '@nestjs/common';
import { Journal } from '../../journal/index.js';
import { publicId } from '../../kernel/ids.js';
import { EndPlan } from './end-plan.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';

/** Somebody stops a plan: the donor, at once and without a reason, or the association. */
@Injectable()
export class StopPlan {
  constructor(
    private readonly plans: PlansRepository,
    private readonly endPlan: EndPlan,
    private readonly journal: Journal,
  ) {}

  /** In a unit. @param because one of a few words, where the donor gave one @throws DomainError `plan_not_found` */
  async run(planId: string, by: 'donor' | 'association', actor: string, because?: string): Promise<Plan> {
    const plan = await this.plans.getForUpdate(planId);
    if (!(await this.endPlan.run(plan, by))) return plan;
    await this.journal.record({
      actor,
      action: 'plan.stopped',
      subject: publicId('plan', planId),
      ...(because && { details: { because } }),
    });
    return plan;
  }
}
