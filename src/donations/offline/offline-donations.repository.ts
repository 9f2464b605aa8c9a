import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { OfflineMeans } from '../../ledger/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../../platform/http/pagination.js';
import type { NewOfflineDonation, OfflineDonation } from './offline-donation.js';
import { offlineDonationNotFound } from './offline.errors.js';

export interface NewDeposit {
  means: Exclude<OfflineMeans, 'transfer'>;
  depositedOn: LegalDate;
  reference: string | null;
  enteredBy: string;
  donationIds: string[];
}

const OFFLINE = `
  SELECT o.donation_id AS "donationId", o.means, o.received_on::text AS "receivedOn", o.cheque_number AS "chequeNumber",
         o.bank_name AS "bankName", o.note, o.entered_by AS "enteredBy", o.entered_at AS "enteredAt",
         CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'depositedOn', d.deposited_on, 'reference', d.reference) END AS deposit,
         CASE WHEN c.donation_id IS NOT NULL THEN
           json_build_object('reason', c.reason, 'correctedBy', c.corrected_by, 'correctedAt', c.corrected_at) END AS correction
    FROM offline_donations o
    LEFT JOIN deposit_items i ON i.association_id = o.association_id AND i.donation_id = o.donation_id
    LEFT JOIN deposits d ON d.association_id = o.association_id AND d.id = i.deposit_id
    LEFT JOIN offline_corrections c ON c.association_id = o.association_id AND c.donation_id = o.donation_id
   WHERE o.association_id = $1`;

/** Append-only: what was entered stays, a deposit and a correction are rows of their own. */
@Injectable()
export class OfflineDonationsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `offline_donation_not_found` */
  async get(donationId: string): Promise<OfflineDonation> {
    const [offline] = await this.byIds([donationId]);
    if (!offline) throw offlineDonationNotFound();
    return offline;
  }

  byIds(donationIds: string[]): Promise<OfflineDonation[]> {
    return this.uow.query(`${OFFLINE} AND o.donation_id = ANY($2) ORDER BY o.donation_id`, [
      this.uow.associationId,
      donationIds,
    ]);
  }

  /** One row more than asked for. @param toDeposit only cheques and cash that are on no slip yet */
  page(
    query: PageQuery & { means?: OfflineMeans | undefined; toDeposit: boolean },
  ): Promise<OfflineDonation[]> {
    return this.uow.query(
      `${OFFLINE} AND o.donation_id < $2 AND ($3::text IS NULL OR o.means = $3)
         AND (NOT $4 OR (o.means <> 'transfer' AND d.id IS NULL AND c.donation_id IS NULL))
       ORDER BY o.donation_id DESC LIMIT $5`,
      [this.uow.associationId, beforeId(query), query.means ?? null, query.toDeposit, query.limit + 1],
    );
  }

  async insert(offline: NewOfflineDonation): Promise<void> {
    await this.uow.execute(
      `INSERT INTO offline_donations (association_id, donation_id, means, received_on, cheque_number, bank_name, note, entered_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        this.uow.associationId,
        offline.donationId,
        offline.means,
        offline.receivedOn,
        offline.chequeNumber,
        offline.bankName,
        offline.note,
        offline.enteredBy,
      ],
    );
  }

  /** @throws DomainError `already_deposited` */
  async insertDeposit(deposit: NewDeposit): Promise<string> {
    const id = newId();
    const { means, depositedOn, reference, enteredBy, donationIds } = deposit;
    await this.uow.execute(
      `WITH slip AS (
         INSERT INTO deposits (association_id, id, means, deposited_on, reference, entered_by) VALUES ($1, $2, $3, $4, $5, $6))
       INSERT INTO deposit_items (association_id, donation_id, deposit_id) SELECT $1, donation_id, $2 FROM unnest($7::uuid[]) AS donation_id`,
      [this.uow.associationId, id, means, depositedOn, reference, enteredBy, donationIds],
    );
    return id;
  }

  /** @returns false when it was corrected before */
  async insertCorrection(donationId: string, reason: string, actor: string): Promise<boolean> {
    const inserted = await this.uow.execute(
      `INSERT INTO offline_corrections (association_id, donation_id, reason, corrected_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT offline_corrections_pkey DO NOTHING`,
      [this.uow.associationId, donationId, reason, actor],
    );
    return inserted === 1;
  }
}
