import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { Money, type Currency } from '../../kernel/money.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import type { PartFault, PartKind } from './match-settlement.js';

/** In which payout the money of a payment arrived. */
export interface PayoutOfPayment {
  id: string;
  reference: string | null;
  settledOn: LegalDate;
}

export interface PayoutPart {
  id: string;
  kind: PartKind;
  providerId: string;
  rowId: string | null;
  paymentId: string | null;
  amount: Money;
  explained: Money;
  fault: PartFault | null;
}

export type PartsQuery = PageQuery & { fits?: boolean | undefined };

export type PartCounts = Record<PartKind | 'faults', number>;

type PartRow = Omit<PayoutPart, 'amount' | 'explained'> & {
  cents: string;
  explainedCents: string;
  currency: Currency;
};

/** Answers about payouts; in a unit of the association. */
@Injectable()
export class PayoutQueries {
  constructor(private readonly uow: UnitOfWork) {}

  /** By our payment's id. What is not paid out yet is not in it. */
  async ofPayments(paymentIds: string[]): Promise<Map<string, PayoutOfPayment>> {
    const rows = await this.uow.query<PayoutOfPayment & { paymentId: string }>(
      `SELECT part.payment_id AS "paymentId", payout.id, payout.reference, payout.settled_on::text AS "settledOn"
         FROM payout_parts part JOIN payouts payout ON payout.association_id = $1 AND payout.id = part.payout_id
        WHERE part.association_id = $1 AND part.payment_id = ANY($2) AND part.kind = 'payment'`,
      [this.uow.associationId, paymentIds],
    );
    return new Map(rows.map(({ paymentId, ...payout }) => [paymentId, payout]));
  }

  async ofPayment(paymentId: string): Promise<PayoutOfPayment | undefined> {
    return (await this.ofPayments([paymentId])).get(paymentId);
  }

  /** One row more than asked for. */
  async parts(payoutId: string, query: PartsQuery): Promise<PayoutPart[]> {
    const rows = await this.uow.query<PartRow>(
      `SELECT id, kind, provider_id AS "providerId", row_id AS "rowId", payment_id AS "paymentId", amount_cents AS cents,
              explained_cents AS "explainedCents", currency, fault
         FROM payout_parts
        WHERE association_id = $1 AND payout_id = $2 AND id < $3 AND ($4::boolean IS NULL OR (fault IS NULL) = $4)
        ORDER BY id DESC LIMIT $5`,
      [this.uow.associationId, payoutId, beforeId(query), query.fits ?? null, query.limit + 1],
    );
    return rows.map(({ cents, explainedCents, currency, ...part }) => ({
      ...part,
      amount: Money.of(Number(cents), currency),
      explained: Money.of(Number(explainedCents), currency),
    }));
  }

  /** Of several payouts at once. */
  async counts(payoutIds: string[]): Promise<Map<string, PartCounts>> {
    const rows = await this.uow.query<PartCounts & { payoutId: string }>(
      `SELECT payout_id AS "payoutId", count(*) FILTER (WHERE kind = 'payment')::int AS payment,
              count(*) FILTER (WHERE kind = 'refund')::int AS refund,
              count(*) FILTER (WHERE kind = 'dispute')::int AS dispute,
              count(*) FILTER (WHERE fault IS NOT NULL)::int AS faults
         FROM payout_parts WHERE association_id = $1 AND payout_id = ANY($2) GROUP BY payout_id`,
      [this.uow.associationId, payoutIds],
    );
    return new Map(rows.map(({ payoutId, ...counts }) => [payoutId, counts]));
  }
}
