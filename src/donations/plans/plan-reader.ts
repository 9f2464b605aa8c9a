import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DonorQueries } from '../../donors/index.js';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { innerId } from '../../kernel/ids.js';
import { CLOCK } from '../../platform/clock.token.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { toPage } from '../../platform/http/pagination.js';
import { TemplateEngine } from '../../platform/templates/template-engine.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { presentPeriod, presentPlan } from './plan.presenter.js';
import type { planDetailResponse, planPage, plansQuery } from './plans.dto.js';
import { PlansRepository } from './plans.repository.js';

const PERIODS_SHOWN = 24;

/** Plans as the treasurer reads them. */
@Injectable()
export class PlanReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
    private readonly periods: PlanPeriodsRepository,
    private readonly donors: DonorQueries,
    private readonly engine: TemplateEngine,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  page(associationId: string, query: z.output<typeof plansQuery>): Promise<z.input<typeof planPage>> {
    return this.uow.inTenant(associationId, async () => {
      const { form, ...others } = query;
      const rows = await this.plans.page({ ...others, ...(form && { formId: innerId('form', form) }) });
      const donors = await this.donors.byIds(rows.map(({ donorId }) => donorId));
      return toPage(rows, query, (plan) => presentPlan(plan, donors.get(plan.donorId)!, this.today()));
    });
  }

  /** @throws DomainError `plan_not_found` */
  one(associationId: string, planId: string): Promise<z.input<typeof planDetailResponse>> {
    return this.uow.inTenant(associationId, async () => {
      const plan = await this.plans.get(planId);
      const periods = await this.periods.newest(planId, PERIODS_SHOWN);
      const translator = this.engine.translator('fr');
      return {
        ...presentPlan(plan, await this.donors.get(plan.donorId), this.today()),
        periods: periods.map((period) => presentPeriod(period, translator)),
      };
    });
  }

  private today(): string {
    return legalDate(this.clock.now());
  }
}
