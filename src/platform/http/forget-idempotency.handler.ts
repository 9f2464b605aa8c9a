import { Injectable } from '@nestjs/common';
import { HandlesJob, defineJob, type JobHandler } from '../queue/define-job.js';
import { RunsEvery } from '../queue/periodic.js';
import { IdempotencyStore } from './idempotency-store.js';

const forgetIdempotencyJob = defineJob<Record<string, never>>({
  name: 'http.forget-idempotency',
  queue: 'sweeps',
  attempts: 3,
  backoffMs: 10_000,
});

const HOUR_MS = 3_600_000;

/** Answers are kept for a day; then a key is a new request. */
@Injectable()
@RunsEvery(HOUR_MS)
@HandlesJob(forgetIdempotencyJob)
export class ForgetIdempotencyHandler implements JobHandler<Record<string, never>> {
  constructor(private readonly store: IdempotencyStore) {}

  async run(): Promise<void> {
    await this.store.deleteExpired();
  }
}
