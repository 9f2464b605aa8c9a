import { Injectable } from '@nestjs/common';
import { LessThan, Not } from 'typeorm';
import type { LegalDate } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { assignments } from '../../platform/database/assignments.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PlanPeriod } from './plan-period.entity.js';

export type NewPeriod = Pick<PlanPeriod, 'planId' | 'dueOn' | 'donationId' | 'attempts'> & {
  state: 'charging' | 'paid';
};

@Injectable()
export class PlanPeriodsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** The newest that was not skipped. */
  latest(planId: string): Promise<PlanPeriod | null> {
    return this.rows.findOne({
      where: { associationId: this.uow.associationId, planId, state: Not('skipped') },
      order: { dueOn: 'DESC' },
    });
  }

  /** The one before, that was not skipped either. */
  before({ planId, dueOn }: PlanPeriod): Promise<PlanPeriod | null> {
    return this.rows.findOne({
      where: {
        associationId: this.uow.associationId,
        planId,
        dueOn: LessThan(dueOn),
        state: Not('skipped'),
      },
      order: { dueOn: 'DESC' },
    });
  }

  /** Newest first. */
  newest(planId: string, take: number): Promise<PlanPeriod[]> {
    return this.rows.find({
      where: { associationId: this.uow.associationId, planId },
      order: { dueOn: 'DESC' },
      take,
    });
  }

  ofDonation(donationId: string): Promise<PlanPeriod | null> {
    return this.rows.findOneBy({ associationId: this.uow.associationId, donationId });
  }

  /** @returns false when this period was begun already */
  async insert(period: NewPeriod): Promise<boolean> {
    const inserted = await this.uow.execute(
      `WITH begun AS (
         INSERT INTO plan_periods (association_id, plan_id, due_on, state, donation_id, attempts) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ON CONSTRAINT plan_periods_pkey DO NOTHING RETURNING due_on)
       INSERT INTO plan_period_events (association_id, id, plan_id, due_on, from_state, to_state)
       SELECT $1, $7, $2, due_on, 'due', $4 FROM begun`,
      [
        this.uow.associationId,
        period.planId,
        period.dueOn,
        period.state,
        period.donationId,
        period.attempts,
        newId(),
      ],
    );
    return inserted === 1;
  }

  /** Written down all the same: why nothing was charged is asked later. */
  async insertSkipped(planId: string, dueOn: LegalDate[], because: 'downtime' | 'paused'): Promise<void> {
    if (dueOn.length === 0) return;
    await this.uow.execute(
      `WITH missed AS (
         INSERT INTO plan_periods (association_id, plan_id, due_on, state, attempts, skipped_because)
         SELECT $1, $2, due_on, 'skipped', 0, $5 FROM unnest($3::date[]) AS due_on
         ON CONFLICT ON CONSTRAINT plan_periods_pkey DO NOTHING RETURNING due_on)
       INSERT INTO plan_period_events (association_id, id, plan_id, due_on, from_state, to_state)
       SELECT $1, id, $2, due_on, 'due', 'skipped' FROM missed JOIN unnest($3::date[], $4::uuid[]) AS event (due_on, id) USING (due_on)`,
      [this.uow.associationId, planId, dueOn, dueOn.map(() => newId()), because],
    );
  }

  async update(period: PlanPeriod, changes: Partial<PlanPeriod>): Promise<void> {
    Object.assign(period, changes);
    const { associationId, planId, dueOn } = period;
    await this.rows.update({ associationId, planId, dueOn }, changes);
  }

  /** The new state, what is learned with it, and the event, in one statement. */
  async move(period: PlanPeriod, changes: Partial<PlanPeriod> & Pick<PlanPeriod, 'state'>): Promise<void> {
    const from = period.state;
    const set = assignments(changes, 7);
    await this.uow.execute(
      `WITH moved AS (UPDATE plan_periods SET ${set.sql} WHERE association_id = $1 AND plan_id = $3 AND due_on = $4)
       INSERT INTO plan_period_events (association_id, id, plan_id, due_on, from_state, to_state) VALUES ($1, $2, $3, $4, $5, $6)`,
      [period.associationId, newId(), period.planId, period.dueOn, from, changes.state, ...set.values],
    );
    Object.assign(period, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(PlanPeriod);
  }
}
