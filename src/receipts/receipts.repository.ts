import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { Receipt } from './receipt.entity.js';
import { receiptNotFound } from './receipts.errors.js';

@Injectable()
export class ReceiptsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `receipt_not_found` */
  async get(id: string): Promise<Receipt> {
    const receipt = await this.rows.findOneBy({ associationId: this.uow.associationId, id });
    if (!receipt) throw receiptNotFound();
    return receipt;
  }

  findByDonation(donationId: string): Promise<Receipt | null> {
    return this.rows.findOneBy({ associationId: this.uow.associationId, donationId });
  }

  /** One row more than asked for. */
  page(query: PageQuery & { year?: number | undefined }): Promise<Receipt[]> {
    return this.rows.find({
      where: {
        associationId: this.uow.associationId,
        id: LessThan(beforeId(query)),
        ...(query.year && { year: query.year }),
      },
      order: { id: 'DESC' },
      take: query.limit + 1,
    });
  }

  async insert(receipt: Omit<Receipt, 'pdfFileId' | 'createdAt' | 'amount'>): Promise<void> {
    await this.uow.execute(
      `INSERT INTO receipts (association_id, id, donation_id, year, sequence, number, amount_cents, currency, issued_on, paid_on, snapshot)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        receipt.associationId,
        receipt.id,
        receipt.donationId,
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

  /** @returns false when another run stored its PDF first: the first one stays */
  async setPdf(id: string, fileId: string): Promise<boolean> {
    const updated = await this.uow.execute(
      `UPDATE receipts SET pdf_file_id = $3 WHERE association_id = $1 AND id = $2 AND pdf_file_id IS NULL`,
      [this.uow.associationId, id, fileId],
    );
    return updated === 1;
  }

  private get rows() {
    return this.uow.manager.getRepository(Receipt);
  }
}
