import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/clock.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { LOST_AFTER_DAYS } from './disputes/dispute.state.js';
import { MovePayment } from './move-payment.js';
import { isMoneyOnTheMove, nextLook } from './next-look.js';
import type { Payment } from './payment.entity.js';
import { paymentMachine, type PaymentState } from './payment.state.js';
import { providerSilent } from './payments.errors.js';
import { PaymentsRepository } from './payments.repository.js';
import { ProviderFacts } from './provider-facts.js';
import type { ProviderPayment } from './providers/payment-provider.js';
import { RemotePayments } from './remote-payments.js';

export interface SyncTarget {
  associationId: string;
  paymentId: string;
  /** What a webhook's body said. Used only while we do not know the provider's id ourselves. */
  claimedProviderId?: string | null;
}

const MAX_READINGS = 5;

/**
 * The only way in for what a provider knows: webhook, return page, sweep and "check again" all come here.
 * Reads outside any transaction, checks that the payment is ours, then compares and moves under the row's lock.
 */
@Injectable()
export class SyncPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
    private readonly facts: ProviderFacts,
    private readonly remote: RemotePayments,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the state the payment is in afterwards
   * @throws DomainError `payment_provider_unavailable` (retryable), `payment_refused_by_provider`,
   * `payment_account_disconnected`
   */
  async run(target: SyncTarget): Promise<PaymentState> {
    for (let reading = 1; reading <= MAX_READINGS; reading += 1) {
      const state = await this.readAndTakeOver(target);
      if (state !== undefined) return state;
    }
    throw providerSilent('others look at this payment at the same time');
  }

  /** It cannot be read today. */
  async postpone({ associationId, paymentId }: SyncTarget): Promise<void> {
    await this.uow.inTenant(associationId, async () => this.lookTomorrow(await this.payments.get(paymentId)));
  }

  private async readAndTakeOver({
    associationId,
    paymentId,
    claimedProviderId = null,
  }: SyncTarget): Promise<PaymentState | undefined> {
    const known = await this.uow.inTenant(associationId, () => this.payments.get(paymentId));
    if (claimedProviderId !== null && known.providerId !== null && claimedProviderId !== known.providerId) {
      await this.refuse(known, claimedProviderId, ['forged_id']);
    }
    const providerId = known.providerId ?? claimedProviderId;
    if (providerId === null) return known.state;
    const remote = await this.remote.read(known, providerId);
    if (!remote) {
      await this.refuse(known, providerId, ['unknown_at_provider']);
      return known.state;
    }
    return this.uow.inTenant(associationId, () => this.takeOver(known, remote));
  }

  /** @returns undefined when this reading may be older than what another wrote meanwhile: read again */
  private async takeOver(known: Payment, remote: ProviderPayment): Promise<PaymentState | undefined> {
    const payment = await this.payments.getForUpdate(known.id);
    const faults = await this.facts.faultsOf(payment, remote);
    if (faults.length > 0) {
      await this.refuse(payment, remote.id, faults);
      await this.lookTomorrow(payment);
      return payment.state;
    }
    if (known.syncedAt?.getTime() !== payment.syncedAt?.getTime() && !tellsTheSame(payment, remote)) return;
    const to = nextState(payment.state, remote);
    await this.movePayment.run(payment, to, this.learned(payment, remote, to));
    await this.facts.recordReturns(payment, remote);
    return payment.state;
  }

  private learned(payment: Payment, remote: ProviderPayment, state: PaymentState): Partial<Payment> {
    const now = this.clock.now();
    const expiresAt = remote.expiresAt ?? payment.expiresAt;
    const paidAt = payment.paidAt ?? remote.paidAt ?? (remote.status === 'paid' ? now : null);
    return {
      providerId: remote.id,
      profileId: remote.profileId,
      checkoutUrl: payment.checkoutUrl ?? remote.checkoutUrl,
      expiresAt,
      method: remote.method,
      providerMandateId: remote.mandateId ?? payment.providerMandateId,
      failureReason: remote.failureReason,
      refundedCents: remote.amountRefunded.cents,
      chargedBackCents: remote.amountChargedBack.cents,
      paidAt,
      syncedAt: now,
      nextSyncAt: nextLook(
        {
          state,
          createdAt: payment.createdAt,
          paidAt,
          expiresAt,
          isMoneyOnTheMove: isMoneyOnTheMove(remote, LOST_AFTER_DAYS, now),
        },
        now,
      ),
    };
  }

  /** What does not fit today may be a wrong setting; somebody has been told, and nothing was taken over. */
  private async lookTomorrow(payment: Payment): Promise<void> {
    const tomorrow = new Date(this.clock.now().getTime() + 86_400_000);
    if (payment.nextSyncAt !== null) await this.payments.update(payment, { nextSyncAt: tomorrow });
  }

  private async refuse(payment: Payment, claimedProviderId: string, faults: string[]): Promise<void> {
    logger.error(
      { paymentId: payment.id, claimedProviderId, faults },
      'a payment of the provider is not ours',
    );
    await this.uow.inTenant(payment.associationId, () =>
      this.facts.recordMismatch(payment.id, claimedProviderId, faults),
    );
  }
}

/** With returns there is more to compare than these: then no. */
function tellsTheSame(payment: Payment, remote: ProviderPayment): boolean {
  return (
    nextState(payment.state, remote) === payment.state &&
    remote.amountRefunded.cents === payment.refundedCents &&
    remote.amountChargedBack.cents === payment.chargedBackCents &&
    remote.refunds.length + remote.chargebacks.length === 0
  );
}

/** What the provider's status means for a payment in `state`. News that would go backwards is no news. */
export function nextState(state: PaymentState, remote: ProviderPayment): PaymentState {
  if (remote.status === 'unrecognised') {
    logger.error({ providerId: remote.id }, 'the provider uses a status that this version does not know');
    return state;
  }
  return remote.status === state || paymentMachine.canMove(state, remote.status) ? remote.status : state;
}
