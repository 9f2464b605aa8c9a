import { Injectable } from '@nestjs/common';
import { AssociationQueries, receiptEligibility, type Association } from '../associations/index.js';
import { DonationQueries, type Donation } from '../donations/index.js';
import { legalDate, type LegalDate } from '../kernel/clock.js';
import { Money } from '../kernel/money.js';
import { ReceivedMoneyQueries, type ReceivedMoney } from '../payments/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { decideReceipt, receiptableAmount, type NoReceiptReason } from './receipt-decision.js';

export interface ReceiptCase {
  association: Association;
  donation: Donation;
  paidOn: LegalDate;
  /** What a receipt says today: the gift less what has gone back. */
  receiptable: Money;
  paidWith: Pick<ReceivedMoney, 'mode' | 'method'> | undefined;
  /** Null: there is, or will be, a receipt. */
  noReceipt: NoReceiptReason | null;
}

/** Gathers what decides about the receipt of a paid gift. One way for issuing, revising, pages and mails. */
@Injectable()
export class ReceiptCases {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly donations: DonationQueries,
    private readonly associations: AssociationQueries,
    private readonly received: ReceivedMoneyQueries,
  ) {}

  async of(donationId: string): Promise<ReceiptCase> {
    return this.gather(await this.donations.get(donationId));
  }

  /** Holds the gift until the unit ends: facts that come at once are dealt with one after the other. */
  async ofLocked(donationId: string): Promise<ReceiptCase> {
    return this.gather(await this.donations.getForUpdate(donationId));
  }

  private async gather(donation: Donation): Promise<ReceiptCase> {
    const association = await this.associations.get(this.uow.associationId);
    const received = await this.received.of(donation.id);
    const paidOn = legalDate(donation.paidAt ?? donation.createdAt);
    const none = Money.zero(donation.currency);
    const receiptable = receiptableAmount(donation.amount, received?.kept ?? none);
    return {
      association,
      donation,
      paidOn,
      receiptable,
      paidWith: received,
      noReceipt: decideReceipt({
        wantsReceipt: donation.wantsReceipt,
        hasAddress: donation.donorAddressId !== null,
        associationIsEligible: receiptEligibility(association, paidOn).length === 0,
        receiptable,
        isLeaving: !receiptableAmount(donation.amount, received?.certain ?? none).equals(receiptable),
        paidOn,
      }),
    };
  }
}
