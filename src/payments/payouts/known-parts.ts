import { Injectable } from '@nestjs/common';
import { Money, type Currency } from '../../kernel/money.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { SettlementParts } from '../providers/payment-provider.js';
import { partKey, partsOf, type KnownPart, type PartKind } from './match-settlement.js';

interface Row {
  kind: PartKind;
  providerId: string;
  rowId: string;
  paymentId: string;
  cents: string;
  feeCents: string;
  currency: Currency;
  hasMoved: boolean;
  hasReturned: boolean;
}

/** What of a settlement's payments our books hold: the payments themselves, their refunds, their disputes. */
const KNOWN = `
  WITH ours AS (SELECT * FROM payments WHERE association_id = $1 AND provider_id = ANY($2))
  SELECT 'payment' AS kind, provider_id AS "providerId", id AS "rowId", id AS "paymentId", amount_cents AS cents,
         application_fee_cents AS "feeCents", currency, state = 'paid' AS "hasMoved", false AS "hasReturned" FROM ours
  UNION ALL
  SELECT 'refund', r.provider_refund_id, r.id, ours.id, r.amount_cents, 0, r.currency, r.settled_at IS NOT NULL,
         r.settled_at IS NOT NULL AND r.state = 'failed'
    FROM ours JOIN payment_refunds r ON r.association_id = $1 AND r.payment_id = ours.id AND r.provider_refund_id IS NOT NULL
  UNION ALL
  SELECT 'dispute', d.provider_chargeback_id, d.id, ours.id, d.amount_cents, 0, d.currency, true, d.state = 'won'
    FROM ours JOIN payment_disputes d ON d.association_id = $1 AND d.payment_id = ours.id`;

@Injectable()
export class KnownParts {
  constructor(private readonly uow: UnitOfWork) {}

  /** By `partKey`; in a unit of the association. */
  async of(parts: SettlementParts): Promise<Map<string, KnownPart>> {
    const payments = [...new Set(partsOf(parts).map(({ paymentId }) => paymentId))];
    const rows = await this.uow.query<Row>(KNOWN, [this.uow.associationId, payments]);
    return new Map(
      rows.map(({ cents, feeCents, currency, ...row }) => [
        partKey(row.kind, row.providerId),
        {
          ...row,
          amount: Money.of(Number(cents), currency),
          applicationFee: Money.of(Number(feeCents), currency),
        },
      ]),
    );
  }
}
