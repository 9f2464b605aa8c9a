import { Injectable } from '@nestjs/common';
import { LessThan, Not } from 'typeorm';
import { newId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import type { MadeWith } from '../accounts/payment-accounts.js';
import type { MatchedPart } from './match-settlement.js';
import { Payout } from './payout.entity.js';
import { payoutNotFound } from './payouts.errors.js';

export type PayoutsQuery = PageQuery & { hasDifference?: boolean | undefined };

@Injectable()
export class PayoutsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `payout_not_found` */
  async get(id: string): Promise<Payout> {
    const payout = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!payout) throw payoutNotFound();
    return payout;
  }

  /** One row more than asked for. */
  page(query: PayoutsQuery): Promise<Payout[]> {
    const { hasDifference } = query;
    return this.rows.find({
      where: {
        associationId: this.uow.associationId,
        id: LessThan(beforeId(query)),
        ...(hasDifference !== undefined && { differenceCents: hasDifference ? Not(0) : 0 }),
      },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }

  /** The accounts that tell of their payouts: connected, today's or an earlier one's. */
  connectedAccounts(): Promise<Array<MadeWith & { accountId: string }>> {
    return this.uow.query(
      `SELECT id AS "accountId", mode, profile_id AS "profileId", organization_id AS "organizationId"
         FROM provider_accounts WHERE association_id = $1 AND kind = 'connect' AND state = 'connected' ORDER BY id`,
      [this.uow.associationId],
    );
  }

  async importedSettlements(): Promise<Set<string>> {
    const rows = await this.uow.query<{ id: string }>(
      `SELECT provider_settlement_id AS id FROM payouts WHERE association_id = $1`,
      [this.uow.associationId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** @returns false when this settlement was imported before */
  async insert(payout: Omit<Payout, 'importedAt' | 'amount' | 'costs' | 'explained' | 'difference'>) {
    const inserted = await this.uow.execute(
      `INSERT INTO payouts (association_id, id, account_id, provider_settlement_id, reference, amount_cents, costs_cents,
                            explained_cents, difference_cents, currency, settled_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT ON CONSTRAINT payouts_settlement_unique DO NOTHING`,
      [
        payout.associationId,
        payout.id,
        payout.accountId,
        payout.providerSettlementId,
        payout.reference,
        payout.amountCents,
        payout.costsCents,
        payout.explainedCents,
        payout.differenceCents,
        payout.currency,
        payout.settledOn,
      ],
    );
    return inserted === 1;
  }

  /** All in one statement, whatever their number. */
  async insertParts(payoutId: string, parts: MatchedPart[]): Promise<void> {
    const column = <T>(value: (part: MatchedPart) => T): T[] => parts.map(value);
    await this.uow.execute(
      `INSERT INTO payout_parts (association_id, payout_id, id, kind, provider_id, row_id, payment_id, amount_cents,
                                 explained_cents, currency, fault)
       SELECT $1, $2, part.* FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::bigint[],
                                         $9::bigint[], $10::text[], $11::text[]) AS part`,
      [
        this.uow.associationId,
        payoutId,
        column(() => newId()),
        column(({ kind }) => kind),
        column(({ providerId }) => providerId),
        column(({ rowId }) => rowId),
        column(({ paymentId }) => paymentId),
        column(({ moved }) => moved.cents),
        column(({ explained }) => explained.cents),
        column(({ moved }) => moved.currency),
        column(({ fault }) => fault),
      ],
    );
  }

  private get rows() {
    return this.uow.manager.getRepository(Payout);
  }
}
