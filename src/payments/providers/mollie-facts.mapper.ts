import { z } from 'zod';
import { isLegalDate } from '../../kernel/french-date.js';
import { CURRENCIES, Money, type Currency } from '../../kernel/money.js';
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

/** Costs are told with four decimals. */
const fineAmount = z.object({
  value: z.string().regex(/^-?\d{1,11}\.\d{2,4}$/),
  currency: z.enum(CURRENCIES),
});
type FineAmount = z.output<typeof fineAmount>;

const period = z.object({ costs: z.array(z.object({ amountGross: fineAmount })) });
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
    costs: wholeCents(
      costs.map(({ amountGross }) => amountGross),
      told.amount.currency,
    ),
  };
}

/** Rounded once, after adding up, half a cent away from zero: that is what was subtracted. */
function wholeCents(amounts: FineAmount[], currency: Currency): Money {
  const fine = amounts.reduce((sum, { value }) => sum + BigInt(tenThousandths(value)), 0n);
  const half = fine < 0n ? -50n : 50n;
  return Money.of(Number((fine + half) / 100n), currency);
}

function tenThousandths(value: string): string {
  const [whole, decimals = ''] = value.split('.');
  return `${whole}${decimals.padEnd(4, '0')}`;
}

const part = z.object({ id: z.string(), paymentId: z.string(), amount, settlementAmount: amount.nullish() });

/** @throws ZodError, DomainError */
export function toSettledPayment(json: unknown): SettlementPart {
  const { id, amount: moved } = part.parse({ ...(json as object), paymentId: '' });
  return { id, paymentId: id, moved };
}

/** A refund or chargeback. Without a word of what it moved, it took its amount. @throws ZodError, DomainError */
export function toSettledReturn(json: unknown): SettlementPart {
  const { id, paymentId, amount: returned, settlementAmount } = part.parse(json);
  return { id, paymentId, moved: settlementAmount ?? Money.zero(returned.currency).minus(returned) };
}
