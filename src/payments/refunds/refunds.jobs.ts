import { defineJob } from '../../platform/queue/define-job.js';

/** Asks the provider for a refund that was requested here. Patient for two hours, then the sweep stages it again. */
export const sendRefundJob = defineJob<{ associationId: string; refundId: string }>({
  name: 'payments.send-refund',
  queue: 'money',
  attempts: 13,
  backoffMs: 2_000,
});
