import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { ProviderMode } from './providers/payment-provider.js';

/** What of the money for one reference is still there, without contributions to the platform. */
export interface ReceivedMoney {
  /** Less what has gone back: settled refunds, and disputes that are open or lost. */
  kept: Money;
  /** Kept even if every refund under way goes through. */
  certain: Money;
  /** Of the first payment that was paid. */
  mode: ProviderMode;
  /** `offline`: what goes back is an entry of our books; nobody is paid by it. */
  provider: 'mollie' | 'offline';
  /** "creditcard", "cheque", "cash"…; null when the provider did not say. */
  method: string | null;
}

interface Row {
  reference: string;
  currency: Currency;
  kept: string;
  certain: string;
  mode: ProviderMode;
  provider: 'mollie' | 'offline';
  method: string | null;
}

/**
 * Counted per payment, from the rows: what goes back is taken from the gift first, so a payment never counts less than
 * nothing, and the refund of a second payment takes nothing from the first.
 */
const RECEIVED = `
  SELECT p.reference, p.currency,
         sum(greatest(0, p.amount_cents - p.application_fee_cents - refund.settled - dispute.lost)) AS kept,
         sum(greatest(0, p.amount_cents - p.application_fee_cents - refund.settled - refund.under_way - dispute.lost)) AS certain,
         (array_agg(p.mode ORDER BY p.paid_at, p.id))[1] AS mode,
         (array_agg(p.provider ORDER BY p.paid_at, p.id))[1] AS provider,
         (array_agg(p.method ORDER BY p.paid_at, p.id))[1] AS method
    FROM payments p
   CROSS JOIN LATERAL (
     SELECT COALESCE(sum(amount_cents) FILTER (WHERE state = 'settled'), 0) AS settled,
            COALESCE(sum(amount_cents) FILTER (WHERE state IN ('requested', 'sent')), 0) AS under_way
       FROM payment_refunds WHERE association_id = p.association_id AND payment_id = p.id) refund
   CROSS JOIN LATERAL (
     SELECT COALESCE(sum(amount_cents) FILTER (WHERE state <> 'won'), 0) AS lost
       FROM payment_disputes WHERE association_id = p.association_id AND payment_id = p.id) dispute
   WHERE p.association_id = $1 AND p.state = 'paid' AND p.reference IN ($REFERENCES)
   GROUP BY p.reference, p.currency`;

const OF_ONE = RECEIVED.replace('$REFERENCES', '$2');
const OF_DIMINISHED = RECEIVED.replace(
  '$REFERENCES',
  `SELECT reference FROM payments WHERE association_id = $1 AND id IN (
     SELECT payment_id FROM payment_refunds WHERE association_id = $1 AND state = 'settled'
      UNION SELECT payment_id FROM payment_disputes WHERE association_id = $1 AND state <> 'won')`,
);

@Injectable()
export class ReceivedMoneyQueries {
  constructor(private readonly uow: UnitOfWork) {}

  /** @returns undefined as long as nothing was paid */
  async of(reference: string): Promise<ReceivedMoney | undefined> {
    const [row] = await this.uow.query<Row>(OF_ONE, [this.uow.associationId, reference]);
    return (
      row && {
        kept: Money.of(Number(row.kept), row.currency),
        certain: Money.of(Number(row.certain), row.currency),
        mode: row.mode,
        provider: row.provider,
        method: row.method,
      }
    );
  }

  /** What was kept, for each reference of which anything went back. */
  async diminished(): Promise<Map<string, Money>> {
    const rows = await this.uow.query<Row>(OF_DIMINISHED, [this.uow.associationId]);
    return new Map(
      rows.map(({ reference, kept, currency }) => [reference, Money.of(Number(kept), currency)]),
    );
  }
}
