import { settledEntries, sumOf, type Entry } from '../rules/close-settlement.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { SettlementRecord } from '../state/connect-records.js';
import { docLink, halAmount, halLink, halTime } from './hal.js';
import { settlementPeriods } from './settlement-periods.js';

type Json = Record<string, unknown>;

/** A settlement that was paid out. */
export function presentSettlement(context: SandboxContext, settlement: SettlementRecord): Json {
  return {
    resource: 'settlement',
    id: settlement.id,
    reference: settlement.reference,
    createdAt: halTime(settlement.createdAt),
    settledAt: halTime(settlement.settledAt),
    status: 'paidout',
    amount: halAmount(settlement.amount),
    balanceId: balanceIdOf(settlement.organizationId),
    invoiceId: settlement.invoiceId,
    periods: settlementPeriods(settledEntries(context, settlement), settlement.invoiceId),
    _links: links(context, settlement.id),
  };
}

/** The balance as it stands, in the shape of a settlement: `open` and `next` are the same here. */
export function presentOpenSettlement(
  context: SandboxContext,
  id: 'open' | 'next',
  organizationId: string,
  entries: readonly Entry[],
): Json {
  return {
    resource: 'settlement',
    id,
    reference: null,
    createdAt: halTime(context.clock.now().toISOString()),
    settledAt: null,
    status: 'open',
    amount: halAmount(sumOf(entries)),
    balanceId: balanceIdOf(organizationId),
    invoiceId: null,
    periods: settlementPeriods(entries, null),
    _links: links(context, id),
  };
}

/** What a payment, refund or chargeback brought or cost, fees left out: they are told in the periods. */
export function partAmount(entries: readonly Entry[]): { value: string; currency: string } {
  return halAmount(sumOf(entries.filter(({ movement: { kind } }) => !kind.endsWith('Fee'))));
}

function balanceIdOf(organizationId: string): string {
  return `bal_${organizationId.slice(4)}`;
}

function links(context: SandboxContext, id: string): Json {
  const self = `${context.urls.api}/v2/settlements/${id}`;
  return {
    self: halLink(self),
    payments: halLink(`${self}/payments`),
    refunds: halLink(`${self}/refunds`),
    chargebacks: halLink(`${self}/chargebacks`),
    documentation: docLink('get-settlement'),
  };
}
