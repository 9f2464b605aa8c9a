import { Injectable } from '@nestjs/common';
import { legalDate, type LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';
import { StoredFiles, type StoredFile } from '../platform/storage/stored-files.js';
import type { Receipt } from './receipt.entity.js';
import { ReceiptCases } from './receipt-case.js';
import type { NoReceiptReason } from './receipt-decision.js';
import { receiptNotDrawnYet, receiptNotFound } from './receipts.errors.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { receiptFilename } from './thank-you-mailer.js';

export type ReceiptPdf = StoredFile & { filename: string };

/** A receipt that the donor may still have, and must not use. */
export interface VoidReceipt {
  number: string;
  cancelledOn: LegalDate;
}

/** What a donor may know of the receipt of a gift. */
export type DonationReceipt = (
  | { state: 'ready'; number: string; amount: Money }
  | { state: 'coming' }
  | { state: 'none'; reason: NoReceiptReason }
) & { voided?: VoidReceipt };

/** Answers about receipts, for the pages. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly cases: ReceiptCases,
    private readonly files: StoredFiles,
  ) {}

  async ofDonation(donationId: string): Promise<DonationReceipt> {
    const voided = await this.lastVoided(donationId);
    return { ...(await this.standing(donationId)), ...(voided && { voided }) };
  }

  private async standing(donationId: string): Promise<DonationReceipt> {
    const living = await this.receipts.livingOf(donationId);
    if (living?.pdfFileId) return { state: 'ready', number: living.number, amount: living.amount };
    if (living) return { state: 'coming' };
    const { noReceipt } = await this.cases.of(donationId);
    return noReceipt === null ? { state: 'coming' } : { state: 'none', reason: noReceipt };
  }

  private async lastVoided(donationId: string): Promise<VoidReceipt | undefined> {
    const voided = await this.receipts.lastVoidedOf(donationId);
    return voided && { number: voided.number, cancelledOn: legalDate(voided.at) };
  }

  /** @throws DomainError `receipt_not_found`, `receipt_not_drawn_yet` */
  async pdfOfDonation(donationId: string): Promise<ReceiptPdf> {
    const receipt = await this.receipts.livingOf(donationId);
    if (!receipt) throw receiptNotFound();
    return this.pdf(receipt);
  }

  /** @throws DomainError `receipt_not_drawn_yet` */
  async pdf(receipt: Receipt): Promise<ReceiptPdf> {
    if (!receipt.pdfFileId) throw receiptNotDrawnYet();
    return { ...(await this.files.get(receipt.pdfFileId)), filename: receiptFilename(receipt.number) };
  }
}
