import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Everything that /metrics shows. Labels are names from the code, never ids or personal data. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const httpDuration = new Histogram({
  name: 'obole_http_request_duration_seconds',
  help: 'Time to answer an HTTP request',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers: [metrics],
});

export const jobOutcomes = new Counter({
  name: 'obole_jobs_total',
  help: 'Jobs by outcome: done, retry (will be tried again), dead (given up)',
  labelNames: ['job', 'outcome'] as const,
  registers: [metrics],
});

export const providerCalls = new Counter({
  name: 'obole_provider_calls_total',
  help: 'Calls to the payment provider by outcome',
  labelNames: ['call', 'outcome'] as const,
  registers: [metrics],
});

export const outboxDepth = new Gauge({
  name: 'obole_outbox_rows',
  help: 'Rows of the outbox: waiting, or dead (given up, a person must look)',
  labelNames: ['state'] as const,
  registers: [metrics],
});
