import { defineEvent } from '../../platform/events/domain-events.js';
import type { PlanState } from './plan.state.js';

/** Published in the transaction that moves a plan. */
export const PlanMoved = defineEvent<{
  associationId: string;
  planId: string;
  from: PlanState;
  to: PlanState;
}>('plan.moved');
