import { Money } from '../../kernel/money.js';
import type { Entry } from '../rules/close-settlement.js';
import { chargebackRate, paymentRate, refundRate, type Rate } from '../rules/fees.js';
import { findMethod } from '../rules/methods.js';
import type { MovementKind } from '../state/records.js';

interface Line {
  side: 'revenue' | 'costs';
  description: string;
  /** Mollie's method of the subtotal: a payment method, or `refund`, `chargeback`, `applicationfee`. */
  method: string;
  rate: Rate | null;
}

interface Subtotal extends Line {
  count: number;
  sum: Money;
}

/** One object a month, as {"2026": {"11": {revenue, costs}}}: revenue less costs is what is paid out. */
export function settlementPeriods(
  entries: readonly Entry[],
  invoiceId: string | null,
): Record<string, Record<string, object>> {
  const months = new Map<string, Map<string, Subtotal>>();
  for (const { payment, movement } of entries) {
    const month = movement.at.slice(0, 7);
    const lines = months.get(month) ?? new Map<string, Subtotal>();
    months.set(month, lines);
    const line = lineOf(movement.kind, payment.method);
    const key = `${line.side} ${line.description}`;
    const before = lines.get(key) ?? { ...line, count: 0, sum: Money.zero() };
    const amount = Money.fromJson(movement.amount);
    lines.set(key, { ...before, count: before.count + 1, sum: before.sum.plus(amount) });
  }
  const periods: Record<string, Record<string, object>> = {};
  for (const [month, lines] of [...months].sort(([a], [b]) => a.localeCompare(b))) {
    const [year = '', number = ''] = month.split('-');
    (periods[year] ??= {})[number] = {
      revenue: [...lines.values()].filter((one) => one.side === 'revenue').map(presentRevenue),
      costs: [...lines.values()].filter((one) => one.side === 'costs').map(presentCost),
      ...(invoiceId === null ? {} : { invoiceId, invoiceReference: null }),
    };
  }
  return periods;
}

function lineOf(kind: MovementKind, method: string | null): Line {
  const id = method === 'applepay' || method === null ? 'creditcard' : method;
  const name = findMethod(id)?.names.en ?? id;
  const revenue = (description: string, of: string): Line => ({
    side: 'revenue',
    description,
    method: of,
    rate: null,
  });
  const cost = (description: string, of: string, rate: Rate): Line => ({
    side: 'costs',
    description,
    method: of,
    rate,
  });
  const lines: Record<MovementKind, Line> = {
    payment: revenue(name, id),
    paymentFee: cost(name, id, paymentRate(id)),
    applicationFee: revenue('Application fees', 'applicationfee'),
    refund: revenue(`Refunds ${name}`, 'refund'),
    refundFee: cost(`Refunds ${name}`, 'refund', refundRate()),
    refundReturned: revenue(`Failed refunds ${name}`, 'refund'),
    chargeback: revenue(`Chargebacks ${name}`, 'chargeback'),
    chargebackFee: cost(`Chargebacks ${name}`, 'chargeback', chargebackRate(id)),
    chargebackReturned: revenue(`Reversed chargebacks ${name}`, 'chargeback'),
  };
  return lines[kind];
}

function presentRevenue(line: Subtotal): object {
  const { description, method, count, sum } = line;
  return { description, method, count, ...amounts(sum) };
}

function presentCost(line: Subtotal): object {
  const { description, method, count, sum, rate } = line;
  const fixed = rate && fourDecimals(Money.fromJson(rate.fixed));
  const share = rate && rate.share > 0 ? { percentage: `${Money.of(rate.share).toDecimal()}00` } : {};
  return {
    description,
    method,
    count,
    rate: { fixed, ...share },
    ...amounts(Money.zero(sum.currency).minus(sum)),
  };
}

/** No VAT: for a French association it is shifted, and fees are told without it. */
function amounts(sum: Money): object {
  return { amountNet: fourDecimals(sum), amountVat: null, amountGross: fourDecimals(sum) };
}

/** Periods are told with four decimals. */
function fourDecimals(amount: Money): { currency: string; value: string } {
  return { currency: amount.currency, value: `${amount.toDecimal()}00` };
}
