import { defineJob } from '../../platform/queue/define-job.js';

/** Look at the calendar: which plans are due, to be tried again, or back from a pause. */
export const findDuePlansJob = defineJob<Record<string, never>>({
  name: 'plans.find-due',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

/** Do with one plan what its day asks for. What stays without an answer is taken up by payments.sweep-charges. */
export const chargePlanJob = defineJob<{ associationId: string; planId: string }>({
  name: 'plans.charge',
  queue: 'money',
  attempts: 5,
  backoffMs: 15_000,
});

export const findExpiringCardsJob = defineJob<Record<string, never>>({
  name: 'plans.find-expiring-cards',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

/** A mail to the donor. `about` makes the fact unique: the event, the attempt, the day. */
export const tellDonorJob = defineJob<{
  associationId: string;
  planId: string;
  news: string;
  about: string;
}>({
  name: 'plans.tell-donor',
  queue: 'mail',
  attempts: 8,
  backoffMs: 5_000,
});
