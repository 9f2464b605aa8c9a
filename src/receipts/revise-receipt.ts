import { Injectable } from '@nestjs/common';
import { ReturnQueries } from '../payments/index.js';
import { CancelReceipt } from './cancel-receipt.js';
import { IssueReceipt } from './issue-receipt.js';
import { ReceiptCases, type ReceiptCase } from './receipt-case.js';
import type { Receipt } from './receipt.entity.js';
import type { Revision } from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { cancelCode, type ReturnFact } from './return-fact.js';
import { ThanksGiven } from './thanks-given.js';

/**
 * Brings the receipt of a gift in line with the money that is there: one that says too much or too little is
 * cancelled, and another issued under the next number for what is left. Once it is right, this does nothing.
 */
@Injectable()
export class ReviseReceipt {
  constructor(
    private readonly cases: ReceiptCases,
    private readonly receipts: ReceiptsRepository,
    private readonly cancel: CancelReceipt,
    private readonly issue: IssueReceipt,
    private readonly returns: ReturnQueries,
    private readonly thanks: ThanksGiven,
  ) {}

  /**
   * In the running unit; holds the gift's row until its end.
   * @returns undefined when the gift's first receipt is still to be issued, with the thanks
   */
  async run(donationId: string, fact: ReturnFact): Promise<Revision | undefined> {
    const gift = await this.cases.ofLocked(donationId);
    const living = await this.receipts.livingOf(donationId);
    const last = living ?? (await this.receipts.latestOf(donationId));
    if (!last && !(await this.thanks.for(donationId))) return undefined;
    if (living?.amount.equals(gift.receiptable)) return { cancelledId: null, issuedId: null };
    if (living) await this.cancel.run(living, { code: await this.codeOf(fact), actor: 'system' });
    const issuedId = isDue(gift, living) ? await this.issue.run(gift, last) : null;
    return { cancelledId: living?.id ?? null, issuedId };
  }

  private async codeOf(fact: ReturnFact) {
    const isRefund = fact.kind === 'refund';
    return cancelCode(fact, isRefund && (await this.returns.refund(fact.id)).origin === 'correction');
  }
}

/** What a receipt certified stays certified as far as the money is there, further refunds under way or not. */
function isDue({ noReceipt }: ReceiptCase, cancelled: Receipt | null): boolean {
  return noReceipt === null || (cancelled !== null && noReceipt === 'refund_under_way');
}
