import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';
import pg from 'pg';
import { freePort } from '../../../src/platform/embedded/free-port.js';
import { cpuOfThisProcess } from '../support/cpu.js';
import { forEachOf, forSome } from '../support/measure.js';
import { servePart } from '../support/part.js';
import { chargeFloor } from './charge-floor.js';
import type { OpenGift } from './gift-procedures.js';
import { intakeFloor } from './intake-floor.js';
import type { ProviderPlace } from './provider.main.js';
import type { Place } from './server.main.js';
import { receiveFloor, settleFloor } from './webhook-floor.js';

/** The floors: the same rows by bare pg on as many connections, and a bare Fastify route. Nothing of ours runs here. */
async function start({ databaseUrl, place }: { databaseUrl: string; place: Place }) {
  const clients = await Promise.all(
    Array.from({ length: place.poolSize }, async () => {
      const client = new pg.Client(databaseUrl);
      await client.connect();
      return client;
    }),
  );
  const free = [...clients];
  const withClient = async (work: (client: pg.Client) => Promise<unknown>) => {
    const client = free.pop()!;
    await work(client);
    free.push(client);
  };

  const fastify = Fastify();
  const port = await freePort();
  fastify.post('/gift', async (_request, reply) => {
    void reply.status(201);
    const token = randomBytes(40).toString('base64url');
    return {
      id: 'don_0123456789abcdefghijklmnop',
      status: 'pending',
      amount: { cents: 5_000, currency: 'EUR' },
      checkoutUrl: 'https://checkout.invalid/0123456789abcdef',
      statusUrl: `http://127.0.0.1:${port}/v1/donation-status/${token}`,
    };
  });
  await fastify.listen({ port, host: '127.0.0.1' });

  return {
    procedures: {
      port: () => port,
      cpu: cpuOfThisProcess,
      intake: (ms: number) =>
        forSome(ms, clients.length, () => withClient((client) => intakeFloor(client, place))),
      receive: ({ gifts, ms }: { gifts: OpenGift[]; ms: number }) =>
        forSome(ms, clients.length, () =>
          withClient((client) =>
            receiveFloor(client, place, gifts[Math.floor(Math.random() * gifts.length)]!),
          ),
        ),
      charge: ({
        place: at,
        calls,
        concurrency,
      }: {
        place: ProviderPlace;
        calls: number;
        concurrency: number;
      }) => chargeFloor(at, calls, concurrency),
      settle: (gifts: OpenGift[]) =>
        forEachOf(gifts, clients.length, (gift) =>
          withClient(async (client) => {
            await settleFloor(client, place, gift, await receiveFloor(client, place, gift));
          }),
        ),
    },
    close: async () => {
      await fastify.close();
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

export type FloorPart = Awaited<ReturnType<typeof start>>['procedures'];

servePart(start);
