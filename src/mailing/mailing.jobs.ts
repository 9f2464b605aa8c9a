import { defineJob } from '../platform/queue/define-job.js';

export const sendMailJob = defineJob<{ associationId: string; deliveryId: string }>({
  name: 'mailing.send',
  queue: 'mail',
  attempts: 12,
  backoffMs: 5_000,
});
