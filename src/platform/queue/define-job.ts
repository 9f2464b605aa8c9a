import type { Type } from '@nestjs/common';
import 'reflect-metadata';

/** Few queues, named by urgency. */
export const QUEUES = ['money', 'documents', 'mail', 'sweeps'] as const;
export type QueueName = (typeof QUEUES)[number];

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Ids only: a handler reads the row again. Never amounts, never personal data. */
export type JobPayload = { [key: string]: Json };

export interface JobOptions {
  /** Dotted and stable: it is stored. `receipts.issue` */
  name: string;
  queue: QueueName;
  attempts: number;
  /** First pause; each further one is twice as long, up to an hour. */
  backoffMs: number;
}

export interface JobDefinition<P extends JobPayload> extends JobOptions {
  /** Only for the types: a definition carries the shape of its payload. */
  readonly payload?: P;
}

/** Does the work of one job. Runs again after any crash: what is done already, it does not do twice. */
export interface JobHandler<P extends JobPayload> {
  run(payload: P): Promise<void>;
  /** After the last attempt failed: put the failure where a person sees it. */
  onExhausted?(payload: P, error: Error): Promise<void>;
}

const MAX_BACKOFF_MS = 3_600_000;
const HANDLES = Symbol('obole:handles-job');
const defined = new Map<string, JobDefinition<JobPayload>>();

export function defineJob<P extends JobPayload>(options: JobOptions): JobDefinition<P> {
  if (defined.has(options.name)) throw new Error(`The job ${options.name} is defined twice.`);
  defined.set(options.name, options);
  return options;
}

export function definedJobs(): ReadonlyMap<string, JobDefinition<JobPayload>> {
  return defined;
}

/** Marks the one provider that handles a job. */
export function HandlesJob<P extends JobPayload>(job: JobDefinition<P>) {
  return (target: Type<JobHandler<P>>): void => Reflect.defineMetadata(HANDLES, job.name, target);
}

export function handledJob(target: object): string | undefined {
  return Reflect.getMetadata(HANDLES, target) as string | undefined;
}

/** The pause before attempt `attempt + 1`, with up to a fifth of jitter so that a crowd does not come back together. */
export function backoffMs(job: JobOptions, attempt: number, random: () => number = Math.random): number {
  const pause = Math.min(job.backoffMs * 2 ** (attempt - 1), MAX_BACKOFF_MS);
  return Math.round(pause * (1 + random() / 5));
}
