import { defineJob } from '../platform/queue/define-job.js';

/** Read a payment at the provider and take over what it says. `claimedProviderId` is what a webhook's body said: a hint. */
export const syncPaymentJob = defineJob<{
  associationId: string;
  paymentId: string;
  claimedProviderId: string | null;
}>({
  name: 'payments.sync',
  queue: 'money',
  attempts: 12,
  backoffMs: 2_000,
});

/** Looks for payments whose webhook never came. */
export const sweepPaymentsJob = defineJob<Record<string, never>>({
  name: 'payments.sweep',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

/** Ends an attempt for what is paid already. */
export const cancelAttemptJob = defineJob<{ associationId: string; paymentId: string }>({
  name: 'payments.cancel-attempt',
  queue: 'money',
  attempts: 8,
  backoffMs: 2_000,
});
