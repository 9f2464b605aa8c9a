// The worker is the same application with ROLE=worker: it carries out jobs and answers only /health and /metrics.
process.env.ROLE = 'worker';
await import('./main.js');

export {};
