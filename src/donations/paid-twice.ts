import { Injectable } from '@nestjs/common';
import { RaiseAlert, SettleAlert } from '../alerts/index.js';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { PaymentQueries, ReceivedMoneyQueries, type Payment } from '../payments/index.js';
import { logger } from '../platform/logging/logger.js';
import type { Donation } from './donation.entity.js';
import { PaidTwiceMailer } from './paid-twice-mailer.js';

const alertAbout = (paymentId: string) => ({
  kind: 'donation_paid_twice' as const,
  subject: { type: 'payment' as const, id: paymentId },
});

/** Two tabs, two payments. The second is never ignored: a person must see it, and give it back. */
@Injectable()
export class PaidTwice {
  constructor(
    private readonly payments: PaymentQueries,
    private readonly received: ReceivedMoneyQueries,
    private readonly journal: Journal,
    private readonly raiseAlert: RaiseAlert,
    private readonly settleAlert: SettleAlert,
    private readonly mailer: PaidTwiceMailer,
  ) {}

  /** In the unit in which the second payment became paid. */
  async noticed(donation: Donation, paymentId: string): Promise<void> {
    logger.error({ donationId: donation.id, paymentId }, 'a donation was paid twice');
    const subject = publicId('donation', donation.id);
    const payment = publicId('payment', paymentId);
    await this.journal.record({
      actor: 'system',
      action: 'donation.paid_twice',
      subject,
      details: { payment },
    });
    const surplus = (await this.payments.attemptsFor(donation.id)).find(({ id }) => id === paymentId)!;
    const details = { donation: subject, amount: surplus.amount.toJSON() };
    if (await this.raiseAlert.run({ ...alertAbout(paymentId), details }))
      await this.mailer.stage(donation, surplus);
  }

  /** Whichever of the payments was given back: when no more than the gift is kept, nothing is left to do. */
  async lookAgain(donation: Donation): Promise<void> {
    const received = await this.received.of(donation.id);
    if (received && received.kept.compare(donation.amount) > 0) return;
    const attempts: Payment[] = await this.payments.attemptsFor(donation.id);
    for (const { id } of attempts) await this.settleAlert.run(alertAbout(id), 'The surplus was given back.');
  }
}
