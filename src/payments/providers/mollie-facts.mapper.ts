import { z } from 'zod';
import { isLegalDate } from '../../kernel/french-date.js';
import { CURRENCIES, Money } from '../../kernel/money.js';
import type { ProviderMandate, ProviderSettlement, SettlementPart } from './payment-provider.js';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const amount = z
  .object({ value: z.string(), currency: z.enum(CURRENCIES) })
  .transform(({ value, currency }) => Money.fromDecimal(value, currency));

const mandate = z.object({
  id: z.string(),
  status: z.enum(['pending', 'valid', 'invalid', 'unrecognised']).catch('unrecognised'),
  method: z.string(),
  details: z.object({ cardExpiryDate: z.string().refine(isLegalDate).nullish().catch(null) }).nullish(),
});

/** @throws ZodError when something we need is missing or malformed */
export function toProviderMandate(json: unknown): ProviderMandate {
  const { id, status, method, details } = mandate.parse(json);
  return { id, status, method, cardExpiresOn: details?.cardExpiryDate ?? null };
}

const STATUSES: Record<string, ProviderSettlement['status']> = {
  open: 'open',
  pending: 'pending',
  'processing-at-bank': 'pending',
  paidout: 'paidout',
  failed: 'failed',
};

const period = z.object({ costs: z.array(z.object({ amountGross: amount })) });
const settlement = z.object({
  id: z.string(),
  reference: z.string().nullish(),
  status: z.string(),
  amount,
  createdAt: instant.nullish(),
  settledAt: instant.nullish(),
  /** Year, then month. */
  periods: z.record(z.string(), z.record(z.string(), period)).nullish(),
});

/** @throws ZodError, DomainError */
export function toProviderSettlement(json: unknown): ProviderSettlement {
  const told = settlement.parse(json);
  const costs = Object.values(told.periods ?? {})
    .flatMap((months) => Object.values(months))
    .flatMap((month) => month.costs);
  return {
    id: told.id,
    reference: told.reference ?? null,
    status: STATUSES[told.status] ?? 'unrecognised',
    amount: told.amount,
    createdAt: told.createdAt ?? null,
    settledAt: told.settledAt ?? null,
    costs: costs.reduce((sum, cost) => sum.plus(cost.amountGross), Money.zero(told.amount.currency)),
  };
}

const part = z.object({ id: z.string(), paymentId: z.string(), amount });

/** @throws ZodError, DomainError */
export function toSettlementPart(json: unknown): SettlementPart {
  return part.parse(json);
}
