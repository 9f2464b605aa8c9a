import { Injectable } from '@nestjs/common';
import { AssociationQueries, receiptEligibility, type Association } from '../associations/index.js';
import { DonationQueries, type Donation } from '../donations/index.js';
import { legalDate, type LegalDate } from '../kernel/clock.js';
import { PaymentQueries } from '../payments/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { decideReceipt, type NoReceiptReason } from './receipt-decision.js';

export interface ReceiptCase {
  association: Association;
  donation: Donation;
  paidOn: LegalDate;
  /** Null: there is, or will be, a receipt. */
  noReceipt: NoReceiptReason | null;
}

/** Gathers what decides about the receipt of a paid gift. One way for issuing, pages and mails. */
@Injectable()
export class ReceiptCases {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationQueries,
    private readonly associations: AssociationQueries,
    private readonly payments: PaymentQueries,
  ) {}

  async of(donationId: string): Promise<ReceiptCase> {
    const donation = await this.donations.get(donationId);
    const association = await this.associations.get(this.uow.associationId);
    const returned = (await this.payments.returnedFor([donation.id])).get(donation.id);
    const paidOn = legalDate(donation.paidAt ?? donation.createdAt);
    return {
      association,
      donation,
      paidOn,
      noReceipt: decideReceipt({
        wantsReceipt: donation.wantsReceipt,
        hasAddress: donation.donorAddressId !== null,
        associationIsEligible: receiptEligibility(association, paidOn).length === 0,
        moneyReturned: Boolean(returned?.refunded.isPositive() || returned?.chargedBack.isPositive()),
        paidOn,
      }),
    };
  }
}
