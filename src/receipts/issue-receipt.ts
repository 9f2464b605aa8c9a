import { Inject, Injectable } from '@nestjs/common';
import { DonorQueries } from '../donors/index.js';
import { legalDate, legalYear, type Clock } from '../kernel/clock.js';
import { newId } from '../kernel/ids.js';
import { CLOCK } from '../platform/clock.token.js';
import { StoredFiles } from '../platform/storage/stored-files.js';
import { buildSnapshot } from './build-snapshot.js';
import { NextNumber } from './next-number.js';
import type { ReceiptCase } from './receipt-case.js';
import type { Receipt } from './receipt.entity.js';
import { formatReceiptNumber } from './receipt-number.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** Takes a number and freezes the snapshot, in the running unit. */
@Injectable()
export class IssueReceipt {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly nextNumber: NextNumber,
    private readonly donors: DonorQueries,
    private readonly files: StoredFiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param replaced the cancelled receipt of the same gift that this one stands in for
   * @returns the id of the new receipt
   * @throws DomainError `receipt_exists`
   */
  async run(gift: ReceiptCase, replaced: Receipt | null): Promise<string> {
    const { association, donation, paidOn, receiptable, paidWith } = gift;
    const donor = await this.donors.get(donation.donorId);
    const address = await this.donors.address(donation.donorAddressId!);
    const signature = association.signatureFileId ? await this.files.get(association.signatureFileId) : null;
    const now = this.clock.now();
    // The series is that of the days of issue: a receipt written in January for a gift of December is January's first.
    const year = legalYear(now);
    const sequence = await this.nextNumber.take(year);
    const number = formatReceiptNumber(association.receiptNumbering, year, sequence);
    const issuedOn = legalDate(now);
    const snapshot = buildSnapshot({
      number,
      issuedOn,
      paidOn,
      amount: receiptable,
      method: paidWith?.method ?? null,
      replacesNumber: replaced?.number,
      isSpecimen: paidWith?.mode !== 'live',
      association,
      signature,
      donation,
      donor,
      address,
    });
    const id = newId();
    await this.receipts.insert({
      associationId: association.associationId,
      id,
      donationId: donation.id,
      replacesId: replaced?.id ?? null,
      year,
      sequence,
      number,
      amountCents: receiptable.cents,
      currency: receiptable.currency,
      issuedOn,
      paidOn,
      snapshot,
    });
    return id;
  }
}
