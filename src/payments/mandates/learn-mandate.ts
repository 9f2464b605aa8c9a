import { Injectable } from '@nestjs/common';
import { ListensTo, type EventListener } from '../../platform/events/domain-events.js';
import { Outbox } from '../../platform/queue/outbox.js';
import {
  DisputeMoved,
  PaymentMoved,
  type DisputeMovedPayload,
  type PaymentMovedPayload,
} from '../payments.events.js';
import { PaymentsRepository } from '../payments.repository.js';
import { syncMandateJob } from './mandates.jobs.js';
import { MandatesRepository } from './mandates.repository.js';

/**
 * A paid first payment made a mandate; a refused charge may have ended one (a card's is revoked after one reversal,
 * a SEPA one after two failures: help.mollie.com). Gated on the payment: a canceled one leaves a pending mandate, too.
 */
@Injectable()
@ListensTo(PaymentMoved)
export class LearnMandate implements EventListener<PaymentMovedPayload> {
  constructor(
    private readonly mandates: MandatesRepository,
    private readonly outbox: Outbox,
  ) {}

  async on({ associationId, paymentId, sequence, mandateId, to }: PaymentMovedPayload): Promise<void> {
    if (sequence === 'oneoff' || mandateId === null) return;
    const isMade = sequence === 'first' && to === 'paid';
    const isDoubtful = sequence === 'recurring' && to === 'failed';
    if (isMade) await this.mandates.keepProviderId(mandateId, paymentId);
    if (isMade || isDoubtful)
      await this.outbox.stage(syncMandateJob, { associationId, mandateId, paymentId });
  }
}

/** The bank took the money back: is the mandate still good? */
@Injectable()
@ListensTo(DisputeMoved)
export class DoubtMandate implements EventListener<DisputeMovedPayload> {
  constructor(
    private readonly payments: PaymentsRepository,
    private readonly outbox: Outbox,
  ) {}

  async on({ associationId, paymentId }: DisputeMovedPayload): Promise<void> {
    const { mandateId } = await this.payments.get(paymentId);
    if (mandateId !== null) await this.outbox.stage(syncMandateJob, { associationId, mandateId, paymentId });
  }
}
