import { Money } from '../../kernel/money.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { SettlementRecord } from '../state/connect-records.js';
import { randomId } from '../state/random-id.js';
import type { MovementRecord, PaymentRecord } from '../state/records.js';

/** A movement with the payment that it is of. */
export interface Entry {
  payment: PaymentRecord;
  movement: MovementRecord;
}

/** What an organisation is still owed, or owes. */
export function unsettledEntries(context: SandboxContext, organizationId: string): Entry[] {
  return entriesOf(context.state.paymentsOf(organizationId), null);
}

export function settledEntries(context: SandboxContext, settlement: SettlementRecord): Entry[] {
  const payments = settlement.paymentIds.map((id) => context.state.payments.get(id)!);
  return entriesOf(payments, settlement.id);
}

/** Oldest first. */
export function settlementsOf(context: SandboxContext, organizationId: string): SettlementRecord[] {
  return [...context.state.settlements.values()].filter((one) => one.organizationId === organizationId);
}

export function sumOf(entries: readonly Entry[]): Money {
  return entries.reduce((sum, { movement }) => sum.plus(Money.fromJson(movement.amount)), Money.zero());
}

/**
 * Pays out everything not yet paid out; null when that is nothing, or less. `driftCents` is added to the amount
 * without being explained by any movement, so that somebody notices.
 */
export function closeSettlement(
  context: SandboxContext,
  organizationId: string,
  driftCents: number,
): SettlementRecord | null {
  const entries = unsettledEntries(context, organizationId);
  const total = sumOf(entries);
  if (!total.isPositive()) return null;
  const now = context.clock.now().toISOString();
  const settlement: SettlementRecord = {
    id: randomId('stl'),
    organizationId,
    reference: nextReference(context, organizationId, now),
    amount: total.plus(Money.of(driftCents)).toJSON(),
    driftCents,
    invoiceId: randomId('inv'),
    createdAt: now,
    settledAt: now,
    paymentIds: [...new Set(entries.map(({ payment }) => payment.id))],
  };
  context.state.settlements.save(settlement);
  for (const { movement } of entries) movement.settlementId = settlement.id;
  for (const { payment } of entries) context.state.savePayment(payment);
  return settlement;
}

/** "1234567.2611.02": the second of November 2026, as on the bank statement. */
function nextReference(context: SandboxContext, organizationId: string, now: string): string {
  const head = `${organizationId.slice(5)}.${now.slice(2, 4)}${now.slice(5, 7)}`;
  const before = settlementsOf(context, organizationId).filter((one) => one.reference.startsWith(head));
  return `${head}.${String(before.length + 1).padStart(2, '0')}`;
}

function entriesOf(payments: readonly PaymentRecord[], settlementId: string | null): Entry[] {
  return payments.flatMap((payment) =>
    payment.movements
      .filter((movement) => movement.settlementId === settlementId)
      .map((movement) => ({ payment, movement })),
  );
}
