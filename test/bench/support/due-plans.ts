import type { Client } from 'pg';
import { legalDate } from '../../../src/kernel/clock.js';
import { BENCH_CENTS } from './bench-provider.js';

interface Owner {
  associationId: string;
  formId: string;
}

/**
 * Plans that began a month ago and fall due today: donor, first gift with its payment, mandate, plan and first period,
 * as the platform leaves them.
 */
export async function duePlans(
  admin: Client,
  { associationId, formId }: Owner,
  count: number,
): Promise<void> {
  const today = legalDate(new Date());
  await admin.query('BEGIN');
  await admin.query(
    `CREATE TEMPORARY TABLE wanted ON COMMIT DROP AS
     SELECT nth, gen_random_uuid() AS donor, gen_random_uuid() AS gift, gen_random_uuid() AS mandate,
            gen_random_uuid() AS plan, gen_random_uuid() AS payment FROM generate_series(1, ${count}) AS nth`,
  );
  const insert = (text: string, ...more: unknown[]) => admin.query(text, [associationId, ...more]);
  await insert(
    `INSERT INTO donors (association_id, id, kind, first_name, last_name, email, identity_key)
     SELECT $1, donor, 'individual', 'Zoé', 'Martin ' || nth, donor || '@example.org', donor::text FROM wanted`,
  );
  await insert(
    `INSERT INTO payment_mandates (association_id, id, holder, state, provider_customer_id, provider_mandate_id, method, mode, profile_id)
     SELECT $1, mandate, plan, 'valid', 'cst_' || mandate, 'mdt_' || mandate, 'creditcard', 'test', 'pfl_bench' FROM wanted`,
  );
  await insert(
    `INSERT INTO donations (association_id, id, form_id, donor_id, plan_id, state, frequency, amount_cents, currency, wants_receipt,
                            locale, token, request_key, paid_at)
     SELECT $1, gift, $2, donor, plan, 'paid', 'monthly', ${BENCH_CENTS}, 'EUR', false, 'fr', gift::text, gift::text, now() - interval '1 month'
       FROM wanted`,
    formId,
  );
  await insert(
    `INSERT INTO plans (association_id, id, form_id, donor_id, state, frequency, amount_cents, currency, anchor_day, next_due_on,
                        mandate_id, first_donation_id, wants_receipt, locale, token)
     SELECT $1, plan, $2, donor, 'active', 'monthly', ${BENCH_CENTS}, 'EUR', extract(day FROM $3::date), $3::date, mandate, gift, false, 'fr', plan::text
       FROM wanted`,
    formId,
    today,
  );
  await insert(
    `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, token, provider, mode,
                           provider_id, profile_id, sequence, mandate_id, paid_at)
     SELECT $1, payment, gift, 'paid', ${BENCH_CENTS}, 'EUR', 'first', 'fr', payment::text, 'mollie', 'test', 'tr_' || payment, 'pfl_bench', 'first', mandate,
            now() - interval '1 month' FROM wanted`,
  );
  await insert(
    `INSERT INTO plan_periods (association_id, plan_id, due_on, state, donation_id, attempts)
     SELECT $1, plan, $2::date - interval '1 month', 'paid', gift, 0 FROM wanted`,
    today,
  );
  await admin.query('COMMIT');
}
