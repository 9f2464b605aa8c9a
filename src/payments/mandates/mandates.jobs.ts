import { defineJob } from '../../platform/queue/define-job.js';

/** Read a mandate at the provider. `paymentId`: a payment of it, to learn its id from where that is not known yet. */
export const syncMandateJob = defineJob<{
  associationId: string;
  mandateId: string;
  paymentId: string | null;
}>({
  name: 'payments.sync-mandate',
  queue: 'money',
  attempts: 12,
  backoffMs: 2_000,
});

/** End a mandate at the provider too. */
export const revokeMandateJob = defineJob<{ associationId: string; mandateId: string }>({
  name: 'payments.revoke-mandate',
  queue: 'money',
  attempts: 12,
  backoffMs: 5_000,
});

/** Look for charges that nobody knows to have reached the provider. */
export const sweepChargesJob = defineJob<Record<string, never>>({
  name: 'payments.sweep-charges',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

/** Bring one such charge to an end. The sweep asks again: one attempt is enough. */
export const finishChargeJob = defineJob<{ associationId: string; paymentId: string }>({
  name: 'payments.finish-charge',
  queue: 'money',
  attempts: 1,
  backoffMs: 1_000,
});
