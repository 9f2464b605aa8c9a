import { Inject, Injectable } from '@nestjs/common';
import { legalDate, type Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { offlineGift, PostEntry, reversed, type OfflineMeans } from '../../ledger/index.js';
import { CLOCK } from '../../platform/clock.token.js';
import { PaymentsRepository } from '../payments.repository.js';
import { MoveRefund } from '../refunds/move-refund.js';

export interface OfflineCorrection {
  reference: string;
  /** Was the money brought to the bank meanwhile? Then it is taken from there. */
  isDeposited: boolean;
  reason: string;
  actor: string;
}

/** What was entered wrong is never edited: a counter-entry takes it back whole. Nobody is paid by it. */
@Injectable()
export class CorrectOfflinePayment {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly moveRefund: MoveRefund,
    private readonly post: PostEntry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the caller's unit, once: the caller knows what was corrected. */
  async run({ reference, isDeposited, reason, actor }: OfflineCorrection): Promise<void> {
    const [found] = await this.payments.ofReference(reference);
    const payment = await this.payments.getForUpdate(found!.id);
    const now = this.clock.now();
    const id = newId();
    const { amount, incomeAccount } = payment;
    const lies = isDeposited ? 'transfer' : (payment.method as OfflineMeans);
    await this.post.run({
      fact: 'correction',
      source: { type: 'refund', id },
      occurredOn: legalDate(now),
      lines: reversed(offlineGift(amount, lies, incomeAccount)),
    });
    await this.moveRefund.begin(payment, {
      id,
      paymentId: payment.id,
      origin: 'correction',
      state: 'settled',
      amountCents: amount.cents,
      currency: amount.currency,
      reason,
      requestedBy: actor,
      createdAt: now,
    });
  }
}
