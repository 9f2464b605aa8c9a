import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { closeSettlement } from '../rules/close-settlement.js';
import type { SandboxContext } from '../sandbox-context.js';
import { organizationsMeant, whoseSchema } from './whose.js';

const closeSchema = z.strictObject({
  ...whoseSchema.shape,
  /** What the amount paid out differs by from what it is made of. */
  driftCents: z.int().default(0),
});

/** The payout day, whenever it is wanted. */
export function addSettlementControl(app: FastifyInstance, context: SandboxContext): void {
  app.get('/settlements', async (request) => {
    const meant = organizationsMeant(context, whoseSchema.parse(request.query));
    const all = [...context.state.settlements.values()].reverse();
    return { settlements: all.filter((one) => meant.includes(one.organizationId)) };
  });
  app.post('/settlements', async (request) => {
    const { driftCents, ...whose } = closeSchema.parse(request.body ?? {});
    const closed = organizationsMeant(context, whose).map((id) => closeSettlement(context, id, driftCents));
    return { settlements: closed.filter((one) => one !== null) };
  });
}
