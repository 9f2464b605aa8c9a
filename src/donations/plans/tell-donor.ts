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

/** Asks for one mail about one fact, in the running unit. */
@Injectable()
export class TellDonor {
  constructor(private readonly outbox: Outbox) {}

  /** @param about what makes this fact another than the last of its kind: an event, an attempt, a day */
  async run({ associationId, id }: Plan, news: PlanNews, about: string): Promise<void> {
    await this.outbox.stage(tellDonorJob, { associationId, planId: id, news, about });
  }
}
