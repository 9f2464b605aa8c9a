import { defineCheck } from '../platform/integrity/define-check.js';

defineCheck({
  name: 'mails.none-stuck',
  says: 'every mail has left, or was given up with an alert, within a day',
  // What was given up is a person's to mend, and has its alert. Neither its subject nor its recipient: both are personal.
  sql: `SELECT association_id, id, split_part(fact, ':', 1) || ' is ' || state || ' since ' || date_trunc('second', created_at) AS detail
          FROM mail_deliveries
         WHERE (state = 'queued' AND created_at < now() - interval '1 day')
            OR (state = 'failed' AND NOT EXISTS (
                  SELECT FROM alerts a WHERE a.association_id = mail_deliveries.association_id AND a.kind = 'mail_failed' AND a.subject_id = mail_deliveries.id))`,
});
