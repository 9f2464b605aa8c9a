import { Money, type MoneyJson } from '../../kernel/money.js';

/** What the provider keeps of one payment, refund or chargeback. */
export interface Rate {
  fixed: MoneyJson;
  /** In hundredths of a percent: 180 is 1.80 %. */
  share: number;
}

const rate = (fixedCents: number, share = 0): Rate => ({
  fixed: { cents: fixedCents, currency: 'EUR' },
  share,
});

/** In the order of Mollie's published prices for France; without VAT, which is shifted to the merchant. */
const OF_METHOD: Record<string, Rate> = {
  creditcard: rate(25, 180),
  applepay: rate(25, 180),
  paypal: rate(25),
  bancontact: rate(39),
  banktransfer: rate(25),
  directdebit: rate(35),
};
const OF_REFUND = rate(25);
const OF_CARD_CHARGEBACK = rate(2000);
const OF_OTHER_CHARGEBACK = rate(1000);

export function paymentRate(method: string | null): Rate {
  return OF_METHOD[method ?? 'creditcard'] ?? rate(25);
}

export function refundRate(): Rate {
  return OF_REFUND;
}

export function chargebackRate(method: string | null): Rate {
  return method === 'creditcard' || method === 'applepay' ? OF_CARD_CHARGEBACK : OF_OTHER_CHARGEBACK;
}

/** Rounded to the cent for each item, so that sums of items are exact. */
export function feeAt(one: Rate, amount: Money): Money {
  return Money.fromJson(one.fixed).plus(amount.percent(one.share).percent(1));
}
