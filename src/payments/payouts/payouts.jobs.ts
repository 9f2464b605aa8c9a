import { defineJob } from '../../platform/queue/define-job.js';

/** Stages an import for every account that tells of its payouts. */
export const sweepPayoutsJob = defineJob<Record<string, never>>({
  name: 'payouts.sweep',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

export const importPayoutsJob = defineJob<{ associationId: string }>({
  name: 'payouts.import',
  queue: 'sweeps',
  attempts: 6,
  backoffMs: 60_000,
});
