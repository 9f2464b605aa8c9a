import type { FastifyInstance, FastifyRequest } from 'fastify';
import { settledEntries, settlementsOf, unsettledEntries, type Entry } from '../rules/close-settlement.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { SettlementRecord } from '../state/connect-records.js';
import { tokenCallerOf } from './caller.js';
import { presentChargeback } from './chargeback.presenter.js';
import { presentList, type ListQuery } from './list.js';
import { MollieError } from './mollie-error.js';
import { presentPayment } from './payment.presenter.js';
import { presentRefund } from './refund.presenter.js';
import { partAmount, presentOpenSettlement, presentSettlement } from './settlement.presenter.js';

interface ById {
  Params: { id: string };
  Querystring: ListQuery;
}

/** A payment, refund or chargeback that moved money within a settlement. */
interface Part {
  id: string;
  at: string;
  show: () => Record<string, unknown>;
}

/** What was paid out, and what it was made of. Access tokens only. */
export function addSettlementRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<{ Querystring: ListQuery }>('/v2/settlements', async (request) =>
    presentList({
      name: 'settlements',
      all: settlementsOf(context, organizationOf(context, request)),
      query: request.query,
      url: `${context.urls.api}/v2/settlements`,
      documentation: 'list-settlements',
      present: (settlement) => presentSettlement(context, settlement),
    }),
  );

  app.get<ById>('/v2/settlements/:id', async (request) => {
    const { id } = request.params;
    const organizationId = organizationOf(context, request);
    if (!isOpen(id)) return presentSettlement(context, findSettlement(context, organizationId, id));
    const entries = unsettledEntries(context, organizationId);
    return presentOpenSettlement(context, id, organizationId, entries);
  });

  app.get<ById>('/v2/settlements/:id/payments', async (request) =>
    listParts(context, request, 'payments', ({ payment }) => [
      { id: payment.id, at: payment.createdAt, show: () => presentPayment(context, payment) },
    ]),
  );

  app.get<ById>('/v2/settlements/:id/refunds', async (request) =>
    listParts(context, request, 'refunds', ({ payment }) =>
      payment.refunds.map((refund) => ({
        id: refund.id,
        at: refund.createdAt,
        show: () => presentRefund(context, payment, refund),
      })),
    ),
  );

  app.get<ById>('/v2/settlements/:id/chargebacks', async (request) =>
    listParts(context, request, 'chargebacks', ({ payment }) =>
      payment.chargebacks.map((chargeback) => ({
        id: chargeback.id,
        at: chargeback.createdAt,
        show: () => presentChargeback(context, payment, chargeback),
      })),
    ),
  );
}

/** Each part once, with what it moved within this settlement. */
function listParts(
  context: SandboxContext,
  request: FastifyRequest<ById>,
  name: 'payments' | 'refunds' | 'chargebacks',
  partsOf: (entry: Entry) => Part[],
): Record<string, unknown> {
  const organizationId = organizationOf(context, request);
  const { id } = request.params;
  const entries = isOpen(id)
    ? unsettledEntries(context, organizationId)
    : settledEntries(context, findSettlement(context, organizationId, id));
  const moved = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { partId } = entry.movement;
    moved.set(partId, [...(moved.get(partId) ?? []), entry]);
  }
  const parts = new Map(entries.flatMap(partsOf).map((part) => [part.id, part]));
  return presentList({
    name,
    all: [...parts.values()].filter((part) => moved.has(part.id)).sort((a, b) => a.at.localeCompare(b.at)),
    query: request.query,
    url: `${context.urls.api}/v2/settlements/${id}/${name}`,
    documentation: `list-settlement-${name}`,
    present: (part) => ({ ...part.show(), settlementAmount: partAmount(moved.get(part.id)!) }),
  });
}

function organizationOf(context: SandboxContext, request: FastifyRequest): string {
  return tokenCallerOf(context, request, 'settlements.read').organizationId;
}

function isOpen(id: string): id is 'open' | 'next' {
  return id === 'open' || id === 'next';
}

/** By its id, or by the reference on the bank statement. @throws MollieError 404 */
function findSettlement(context: SandboxContext, organizationId: string, id: string): SettlementRecord {
  const all = settlementsOf(context, organizationId);
  const found = all.find((one) => one.id === id || one.reference === id);
  if (!found) throw new MollieError(404, `No settlement exists with token ${id}.`);
  return found;
}
