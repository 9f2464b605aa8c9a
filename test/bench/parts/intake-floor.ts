import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { newId } from '../../../src/kernel/ids.js';
import { newScopedToken } from '../../../src/kernel/scoped-token.js';
import { providerIdOf } from '../support/bench-provider.js';
import { newGift } from '../support/gifts.js';
import type { Place } from './server.main.js';

/**
 * The rows of a gift, and nothing else: two transactions, because the provider is asked between them; each row one
 * prepared statement; no look-up, no lock, no check that a row is there already.
 */
export async function intakeFloor(client: Client, { associationId, formId }: Place): Promise<void> {
  const { amount, donor, frequency, locale } = newGift();
  const [donorId, addressId, donationId, paymentId] = [newId(), newId(), newId(), newId()];
  await begin(client, associationId);
  await client.query({
    name: 'donor',
    text: `INSERT INTO donors (association_id, id, kind, first_name, last_name, email, identity_key) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      associationId,
      donorId,
      donor.kind,
      donor.firstName,
      donor.lastName,
      donor.email,
      hash(donor.email),
    ],
  });
  const { line1, postalCode, city, country } = donor.address;
  await client.query({
    name: 'address',
    text: `INSERT INTO donor_addresses (association_id, id, donor_id, line1, line2, postal_code, city, country) VALUES ($1, $2, $3, $4, NULL, $5, $6, $7)`,
    values: [associationId, addressId, donorId, line1, postalCode, city, country],
  });
  await client.query({
    name: 'donation',
    text: `INSERT INTO donations (association_id, id, form_id, donor_id, donor_address_id, state, frequency, amount_cents, currency,
                                  wants_receipt, message, display_name, locale, token, request_key)
           VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7, $8, true, NULL, NULL, $9, $10, $11)`,
    values: [
      ...[associationId, donationId, formId, donorId, addressId, frequency, amount.cents, amount.currency],
      ...[locale, newScopedToken(associationId), hash(donationId)],
    ],
  });
  await client.query({
    name: 'payment',
    text: `INSERT INTO payments (association_id, id, reference, state, amount_cents, currency, description, locale, return_url, token, provider, mode)
           VALUES ($1, $2, $3, 'created', $4, $5, 'don_0123456789abcdefghijklmnop Un potager pour chaque école', $6, $7, $8, 'mollie', 'test')`,
    values: [
      ...[associationId, paymentId, donationId, amount.cents, amount.currency, locale],
      ...[`http://127.0.0.1:3000/don/${newScopedToken(associationId)}`, newScopedToken(associationId)],
    ],
  });
  await client.query('COMMIT');
  await begin(client, associationId);
  await client.query({
    name: 'open',
    text: `UPDATE payments SET state = 'open', provider_id = $3, profile_id = 'pfl_bench', checkout_url = $4 WHERE association_id = $1 AND id = $2`,
    values: [associationId, paymentId, providerIdOf(paymentId), `https://checkout.invalid/${paymentId}`],
  });
  await client.query({
    name: 'opened',
    text: `INSERT INTO payment_events (association_id, id, payment_id, from_state, to_state) VALUES ($1, $2, $3, 'created', 'open')`,
    values: [associationId, newId(), paymentId],
  });
  await client.query('COMMIT');
}

/** The tables are under row-level security here too. */
export async function begin(client: Client, associationId: string): Promise<void> {
  await client.query(`BEGIN; SET LOCAL obole.association_id = '${associationId}'`);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
