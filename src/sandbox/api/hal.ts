import { Money, type MoneyJson } from '../../kernel/money.js';

export interface Link {
  href: string;
  type: string;
}

export const halLink = (href: string): Link => ({ href, type: 'application/hal+json' });
export const pageLink = (href: string): Link => ({ href, type: 'text/html' });
export const docLink = (page: string): Link => pageLink(`https://docs.mollie.com/reference/${page}`);

/** "2026-11-22T10:00:00+00:00": Mollie tells whole seconds with an offset. */
export function halTime(instant: string): string {
  return `${instant.slice(0, 19)}+00:00`;
}

export function halAmount(amount: Money | MoneyJson): { value: string; currency: string } {
  const money = amount instanceof Money ? amount : Money.fromJson(amount);
  return { value: money.toDecimal(), currency: money.currency };
}
