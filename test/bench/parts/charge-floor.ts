import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { forEachOf, type Sample } from '../support/measure.js';
import type { ProviderPlace } from './provider.main.js';

const CHARGE = JSON.stringify({
  amount: { value: '50.00', currency: 'EUR' },
  sequenceType: 'recurring',
  customerId: 'cst_bench',
  mandateId: 'mdt_bench',
  metadata: { paymentId: '01890000-0000-7000-8000-000000000000' },
});

let agent: Agent | undefined;

/** The same calls in a bare loop: nothing is read, nothing is written down. */
export function chargeFloor(
  { apiUrl, caFile }: ProviderPlace,
  calls: number,
  concurrency: number,
): Promise<Sample> {
  agent ??= new Agent({ keepAlive: true, maxSockets: concurrency, ca: readFileSync(caFile) });
  const slots = Array.from({ length: calls }, (_, nth) => nth);
  return forEachOf(slots, concurrency, () => charge(`${apiUrl}payments`));
}

function charge(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent: agent!, headers: { 'content-type': 'application/json' } },
      (response) => response.resume().once('end', resolve),
    );
    sent.once('error', reject);
    sent.end(CHARGE);
  });
}
