import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import type { CancelCode } from './cancel-receipt.js';
import { Receipt } from './receipt.entity.js';
import { receiptNotFound } from './receipts.errors.js';
import type { Revision } from './receipts.jobs.js';

export type ReceiptsQuery = PageQuery & {
  year?: number | undefined;
  status?: 'issued' | 'cancelled' | undefined;
};

/** A receipt as another one names it. */
export interface ReceiptName {
  id: string;
  number: string;
}

export interface ReceiptLife {
  cancelled: { at: Date; code: CancelCode } | null;
  replaces: ReceiptName | null;
  replacedBy: ReceiptName | null;
}

interface LifeRow {
  id: string;
  at: Date | null;
  code: CancelCode | null;
  earlierId: string | null;
  earlierNumber: string | null;
  laterId: string | null;
  laterNumber: string | null;
}

const IS_LIVING = `EXISTS (SELECT FROM living_receipts living
  WHERE living.association_id = receipt.association_id AND living.receipt_id = receipt.id)`;

const LIVES = `
  SELECT receipt.id, end_.at, end_.code, earlier.id AS "earlierId", earlier.number AS "earlierNumber",
         later.id AS "laterId", later.number AS "laterNumber"
    FROM receipts receipt
    LEFT JOIN receipt_cancellations end_ ON end_.association_id = $1 AND end_.receipt_id = receipt.id
    LEFT JOIN receipts earlier ON earlier.association_id = $1 AND earlier.id = receipt.replaces_id
    LEFT JOIN receipts later ON later.association_id = $1 AND later.replaces_id = receipt.id
   WHERE receipt.association_id = $1 AND receipt.id = ANY($2)`;

@Injectable()
export class ReceiptsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `receipt_not_found` */
  async get(id: string): Promise<Receipt> {
    const receipt = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!receipt) throw receiptNotFound();
    return receipt;
  }

  /** The one receipt of a gift that is worth something. */
  livingOf(donationId: string): Promise<Receipt | null> {
    return this.all()
      .andWhere('receipt.donation_id = :donationId', { donationId })
      .andWhere(IS_LIVING)
      .getOne();
  }

  /** The last one issued for a gift, cancelled or not. */
  latestOf(donationId: string): Promise<Receipt | null> {
    return this.rows.findOne({
      where: { associationId: this.uow.associationId, donationId },
      order: { year: 'DESC', sequence: 'DESC' },
    });
  }

  /** The last one of a gift that was cancelled. */
  async lastVoidedOf(donationId: string): Promise<{ number: string; at: Date } | undefined> {
    const [row] = await this.uow.query<{ number: string; at: Date }>(
      `SELECT number, at FROM receipts JOIN receipt_cancellations c USING (association_id)
        WHERE association_id = $1 AND donation_id = $2 AND c.receipt_id = receipts.id
        ORDER BY year DESC, sequence DESC LIMIT 1`,
      [this.uow.associationId, donationId],
    );
    return row;
  }

  /** One row more than asked for. */
  page(query: ReceiptsQuery): Promise<Receipt[]> {
    const found = this.all().andWhere('receipt.id < :before', { before: beforeId(query) });
    if (query.year) found.andWhere('receipt.year = :year', { year: query.year });
    if (query.status) found.andWhere(query.status === 'issued' ? IS_LIVING : `NOT ${IS_LIVING}`);
    return found
      .orderBy('receipt.id', 'DESC')
      .take(query.limit + 1)
      .getMany();
  }

  /** What became of receipts since they were issued, one query for any number. */
  async livesOf(receipts: Receipt[]): Promise<Map<string, ReceiptLife>> {
    const rows = await this.uow.query<LifeRow>(LIVES, [this.uow.associationId, receipts.map(({ id }) => id)]);
    return new Map(
      rows.map((row) => [
        row.id,
        {
          cancelled: row.at && row.code && { at: row.at, code: row.code },
          replaces: named(row.earlierId, row.earlierNumber),
          replacedBy: named(row.laterId, row.laterNumber),
        },
      ]),
    );
  }

  async insert(receipt: Omit<Receipt, 'pdfFileId' | 'createdAt' | 'amount'>): Promise<void> {
    await this.uow.execute(
      `INSERT INTO receipts (association_id, id, donation_id, replaces_id, year, sequence, number, amount_cents, currency, issued_on, paid_on, snapshot)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        receipt.associationId,
        receipt.id,
        receipt.donationId,
        receipt.replacesId,
        receipt.year,
        receipt.sequence,
        receipt.number,
        receipt.amountCents,
        receipt.currency,
        receipt.issuedOn,
        receipt.paidOn,
        JSON.stringify(receipt.snapshot),
      ],
    );
  }

  /** @returns false when this fact was dealt with before */
  async keepRevision(
    fact: string,
    donationId: string,
    { cancelledId, issuedId }: Revision,
  ): Promise<boolean> {
    const inserted = await this.uow.execute(
      `INSERT INTO receipt_revisions (association_id, fact, donation_id, cancelled_id, issued_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT receipt_revisions_pkey DO NOTHING`,
      [this.uow.associationId, fact, donationId, cancelledId, issuedId],
    );
    return inserted === 1;
  }

  /** @returns false when another run stored its PDF first: the first one stays */
  async setPdf(id: string, fileId: string): Promise<boolean> {
    const updated = await this.uow.execute(
      `UPDATE receipts SET pdf_file_id = $3 WHERE association_id = $1 AND id = $2 AND pdf_file_id IS NULL`,
      [this.uow.associationId, id, fileId],
    );
    return updated === 1;
  }

  private all() {
    return this.rows
      .createQueryBuilder('receipt')
      .where('receipt.association_id = :associationId', { associationId: this.uow.associationId });
  }

  private get rows() {
    return this.uow.manager.getRepository(Receipt);
  }
}

function named(id: string | null, number: string | null): ReceiptName | null {
  return id !== null && number !== null ? { id, number } : null;
}
