import { Injectable } from '@nestjs/common';
import type { Money } from '../kernel/money.js';
import { ReturnQueries } from '../payments/index.js';
import { ReceiptCases, type ReceiptCase } from './receipt-case.js';
import type { Receipt } from './receipt.entity.js';
import type { Notice } from './receipts.jobs.js';
import { ReceiptsRepository } from './receipts.repository.js';

/** A refund or dispute with all that a mail about it says. */
export interface ToldFact {
  gift: ReceiptCase;
  returned: Money;
  reason: string | null;
  isCorrection: boolean;
  cancelled: Receipt | null;
  issued: Receipt | null;
  living: Receipt | null;
}

@Injectable()
export class ToldFacts {
  constructor(
    private readonly cases: ReceiptCases,
    private readonly receipts: ReceiptsRepository,
    private readonly returns: ReturnQueries,
  ) {}

  /** In a unit of the association. */
  async of({ donationId, fact, cancelledId, issuedId }: Notice): Promise<ToldFact> {
    const { amount, reason, origin } =
      fact.kind === 'refund'
        ? await this.returns.refund(fact.id)
        : { ...(await this.returns.dispute(fact.id)), origin: null };
    return {
      gift: await this.cases.of(donationId),
      returned: amount,
      reason,
      isCorrection: origin === 'correction',
      cancelled: cancelledId === null ? null : await this.receipts.get(cancelledId),
      issued: issuedId === null ? null : await this.receipts.get(issuedId),
      living: await this.receipts.livingOf(donationId),
    };
  }
}
