import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../platform/events/domain-events.js';
import type { Plan } from './plan.entity.js';
import { planMachine, type PlanState } from './plan.state.js';
import { PlanMoved } from './plans.events.js';
import { PlansRepository } from './plans.repository.js';

/** Why it paused or ended belongs to that state alone. */
const CLEARED = { pausedReason: null, pausedUntil: null, endedReason: null, endedAt: null } as const;

/** The only place where a plan changes its state. */
@Injectable()
export class MovePlan {
  constructor(
    private readonly plans: PlansRepository,
    private readonly events: DomainEvents,
  ) {}

  /**
   * @param plan locked by the caller in the running unit
   * @returns the event's id; undefined when the plan was there already
   * @throws DomainError `plan_transition_refused`
   */
  async run(plan: Plan, to: PlanState, facts: Partial<Plan> = {}): Promise<string | undefined> {
    const from = plan.state;
    if (from === to) return undefined;
    planMachine.assertMove(from, to);
    const eventId = await this.plans.move(plan, { ...CLEARED, ...facts, state: to });
    await this.events.publish(PlanMoved, { associationId: plan.associationId, planId: plan.id, from, to });
    return eventId;
  }
}
