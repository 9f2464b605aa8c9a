import { defineCheck } from '../integrity/define-check.js';

defineCheck({
  name: 'jobs.none-dead',
  says: 'no job was given up after its last attempt',
  // Not why: the error of a mail server may quote an address. "jobs:dead" tells.
  sql: `SELECT association_id, id, job || ' given up after ' || attempts || ' attempts' AS detail
          FROM outbox WHERE died_at IS NOT NULL`,
});

defineCheck({
  name: 'jobs.none-overdue',
  says: 'no job waits for more than an hour after it was due',
  sql: `SELECT association_id, id, job || ' due since ' || date_trunc('second', run_at) AS detail
          FROM outbox WHERE died_at IS NULL AND run_at < now() - interval '1 hour'
           AND (held_until IS NULL OR held_until < now())`,
});
