import { defineJob } from '../../platform/queue/define-job.js';

/** Asks Mollie how one connected account stands. */
export const checkAccountJob = defineJob<{ associationId: string; accountId: string }>({
  name: 'payments.check-account',
  queue: 'sweeps',
  attempts: 5,
  backoffMs: 30_000,
});

/** Finds the connected accounts that are to be asked about again. */
export const checkAccountsJob = defineJob<Record<string, never>>({
  name: 'payments.check-accounts',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});
