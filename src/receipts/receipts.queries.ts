import { Injectable } from '@nestjs/common';
import { StoredFiles, type StoredFile } from '../platform/storage/stored-files.js';
import type { Receipt } from './receipt.entity.js';
import { ReceiptCases } from './receipt-case.js';
import type { NoReceiptReason } from './receipt-decision.js';
import { receiptNotDrawnYet, receiptNotFound } from './receipts.errors.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { receiptFilename } from './thank-you-mailer.js';

export type ReceiptPdf = StoredFile & { filename: string };

/** What a donor may know of the receipt of a gift. */
export type DonationReceipt =
  { state: 'ready'; number: string } | { state: 'coming' } | { state: 'none'; reason: NoReceiptReason };

/** Answers about receipts, for the pages. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly cases: ReceiptCases,
    private readonly files: StoredFiles,
  ) {}

  async ofDonation(donationId: string): Promise<DonationReceipt> {
    const receipt = await this.receipts.findByDonation(donationId);
    if (receipt) return receipt.pdfFileId ? { state: 'ready', number: receipt.number } : { state: 'coming' };
    const { noReceipt } = await this.cases.of(donationId);
    return noReceipt === null ? { state: 'coming' } : { state: 'none', reason: noReceipt };
  }

  /** @throws DomainError `receipt_not_found`, `receipt_not_drawn_yet` */
  async pdfOfDonation(donationId: string): Promise<ReceiptPdf> {
    const receipt = await this.receipts.findByDonation(donationId);
    if (!receipt) throw receiptNotFound();
    return this.pdf(receipt);
  }

  /** @throws DomainError `receipt_not_drawn_yet` */
  async pdf(receipt: Receipt): Promise<ReceiptPdf> {
    if (!receipt.pdfFileId) throw receiptNotDrawnYet();
    return { ...(await this.files.get(receipt.pdfFileId)), filename: receiptFilename(receipt.number) };
  }
}
