import { Injectable } from '@nestjs/common';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Plan } from './plan.entity.js';
import { tellDonorJob } from './plans.jobs.js';

export const PLAN_NEWS = [
  'failed',
  'gave_up',
  'ended',
  'paused',
  'disputed',
  'resumed',
  'amount_changed',
  'stopped',
  'mended',
  'card_expiring',
] as const;
/** What a donor is told of a plan by mail. */
export type PlanNews = (typeof PLAN_NEWS)[number];

/** A dispute may take the mandate along, and then the plan ends: the donor is told one of the two, not both. */
const DISPUTE_SETTLES_MS = 15 * 60_000;

/** Asks for one mail about one fact, in the running unit. */
@Injectable()
export class TellDonor {
  constructor(private readonly outbox: Outbox) {}

  /** @param about what makes this fact another than the last of its kind: an event, an attempt, a day */
  async run({ associationId, id }: Plan, news: PlanNews, about: string): Promise<void> {
    const delayMs = news === 'disputed' ? DISPUTE_SETTLES_MS : 0;
    await this.outbox.stage(tellDonorJob, { associationId, planId: id, news, about }, delayMs);
  }
}
