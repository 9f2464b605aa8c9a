import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../../kernel/money.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { PlanPeriod } from './plan-period.entity.js';
import type { Plan } from './plan.entity.js';
import { PlansRepository } from './plans.repository.js';

/** A period as its donor sees it. */
export type PlanHistory = Pick<PlanPeriod, 'dueOn' | 'state' | 'nextAttemptOn' | 'skippedBecause'> & {
  /** Of its gift; null when it was skipped. */
  amount: Money | null;
};

/** Answers about plans, for the modules above. */
@Injectable()
export class PlanQueries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlansRepository,
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
  async history(planId: string, take: number): Promise<PlanHistory[]> {
    type Row = Omit<PlanHistory, 'amount'> & { cents: string | null; currency: Currency };
    const rows = await this.uow.query<Row>(
      `SELECT p.due_on::text AS "dueOn", p.state, p.next_attempt_on::text AS "nextAttemptOn",
              p.skipped_because AS "skippedBecause", d.amount_cents AS cents, d.currency
         FROM plan_periods p LEFT JOIN donations d ON d.association_id = p.association_id AND d.id = p.donation_id
        WHERE p.association_id = $1 AND p.plan_id = $2 ORDER BY p.due_on DESC LIMIT $3`,
      [this.uow.associationId, planId, take],
    );
    return rows.map(({ cents, currency, ...period }) => ({
      ...period,
      amount: cents === null ? null : Money.of(Number(cents), currency),
    }));
  }
}
