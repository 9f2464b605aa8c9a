import { defineCheck } from '../platform/integrity/define-check.js';

defineCheck({
  name: 'mails.none-stuck',
  says: 'every mail has left within a day, and none was given up',
  // Neither its subject nor its recipient: both are personal.
  sql: `SELECT association_id, id, split_part(fact, ':', 1) || ' is ' || state || ' since ' || date_trunc('second', created_at) AS detail
          FROM mail_deliveries
         WHERE state = 'failed' OR (state = 'queued' AND created_at < now() - interval '1 day')`,
});
