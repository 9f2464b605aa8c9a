import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { moveRow, type StatefulTable } from '../../platform/database/move-row.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import { Plan } from './plan.entity.js';
import type { PlanState } from './plan.state.js';
import { planNotFound } from './plans.errors.js';

export type NewPlan = Pick<
  Plan,
  | 'id'
  | 'formId'
  | 'donorId'
  | 'donorAddressId'
  | 'frequency'
  | 'amountCents'
  | 'currency'
  | 'mandateId'
  | 'firstDonationId'
  | 'wantsReceipt'
  | 'displayName'
  | 'locale'
  | 'token'
>;

const PLANS: StatefulTable = { table: 'plans', events: 'plan_events', owner: 'plan_id' };

@Injectable()
export class PlansRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `plan_not_found` */
  async get(id: string): Promise<Plan> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends. @throws DomainError `plan_not_found` */
  async getForUpdate(id: string): Promise<Plan> {
    return found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'pessimistic_write' },
      }),
    );
  }

  /** @throws DomainError `plan_not_found` */
  async getByToken(token: string): Promise<Plan> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, token }));
  }

  /** Holds the plan that a donation belongs to; null for a gift that is given once. */
  async findByDonationForUpdate(donationId: string): Promise<Plan | null> {
    const [row] = await this.uow.query<{ planId: string | null }>(
      `SELECT plan_id AS "planId" FROM donations WHERE association_id = $1 AND id = $2`,
      [this.uow.associationId, donationId],
    );
    return row?.planId ? this.getForUpdate(row.planId) : null;
  }

  /** One row more than asked for. */
  page(query: PageQuery & { status?: PlanState | undefined; formId?: string | undefined }): Promise<Plan[]> {
    return this.rows.find({
      where: {
        associationId: this.uow.associationId,
        id: LessThan(beforeId(query)),
        ...(query.status && { state: query.status }),
        ...(query.formId && { formId: query.formId }),
      },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }

  async insert(plan: NewPlan): Promise<void> {
    await this.rows.insert({ ...plan, associationId: this.uow.associationId, state: 'pending' });
  }

  async update(plan: Plan, changes: Partial<Plan>): Promise<void> {
    Object.assign(plan, changes);
    await this.rows.update({ associationId: plan.associationId, id: plan.id }, changes);
  }

  /** @returns the event's id */
  move(plan: Plan, changes: Partial<Plan> & Pick<Plan, 'state'>): Promise<string> {
    return moveRow(this.uow, PLANS, plan, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Plan);
  }
}

function found(plan: Plan | null): Plan {
  if (!plan) throw planNotFound();
  return plan;
}
