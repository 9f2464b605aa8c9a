import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../../src/kernel/clock.js';
import { ensureCertificate } from '../../../src/sandbox/certificate.js';
import { servePart } from '../support/part.js';

export interface ProviderPlace {
  apiUrl: string;
  caFile: string;
}

/** A charge as the caller sends it; what is not asked for is not looked at. */
interface Charge {
  amount: unknown;
  sequenceType: unknown;
  customerId: unknown;
  mandateId: unknown;
  metadata: unknown;
}

/**
 * A provider that does nothing but wait: each charge is answered after a stated time, over TLS, from a process of its
 * own. What it spends of the machine is little, and the caller does all that it does for the real one.
 */
async function start({ latencyMs }: { latencyMs: number }) {
  const stateDir = await mkdtemp(join(tmpdir(), 'obole-bench-provider-'));
  const { keyPem, certPem } = await ensureCertificate(stateDir, systemClock);
  let [calls, ms] = [0, 0];
  const answer: RequestListener = (request, response) => {
    const begun = performance.now();
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const charge = JSON.parse(Buffer.concat(chunks).toString()) as Charge;
      setTimeout(() => {
        response.writeHead(201, { 'content-type': 'application/hal+json' }).end(paymentOf(charge));
        calls += 1;
        ms += performance.now() - begun;
      }, latencyMs);
    });
  };
  const server = createServer({ key: keyPem, cert: certPem, keepAliveTimeout: 60_000 }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    procedures: {
      place: (): ProviderPlace => ({
        apiUrl: `https://localhost:${port}/v2/`,
        caFile: join(stateDir, 'ca.pem'),
      }),
      /** Since it was asked last: how many charges, and for how long the provider had them. */
      took: () => {
        const taken = { calls, ms };
        [calls, ms] = [0, 0];
        return taken;
      },
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** A card is charged: `pending` at first, as Mollie says it. */
function paymentOf({ amount, sequenceType, customerId, mandateId, metadata }: Charge): string {
  const id = `tr_${randomBytes(11).toString('hex')}`;
  return JSON.stringify({
    ...{
      resource: 'payment',
      id,
      mode: 'test',
      status: 'pending',
      method: 'creditcard',
      isCancelable: false,
    },
    ...{ amount, sequenceType, customerId, mandateId, metadata, profileId: 'pfl_bench' },
    createdAt: new Date().toISOString(),
    _links: { self: { href: `https://localhost/v2/payments/${id}`, type: 'application/hal+json' } },
  });
}

export type ProviderPart = Awaited<ReturnType<typeof start>>['procedures'];

servePart(start);
