import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { newScopedToken } from '../kernel/scoped-token.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { providerCalls } from '../platform/metrics/metrics.js';
import { MovePayment } from './move-payment.js';
import { PaymentAccounts } from './payment-accounts.js';
import type { Payment } from './payment.entity.js';
import { paymentNotFound, providerRefused, providerSilent } from './payments.errors.js';
import { PaymentsRepository } from './payments.repository.js';
import { PaymentProvider, type ProviderPayment } from './providers/payment-provider.js';
import { webhookUrl } from './webhook-url.js';

export interface NewPayment {
  reference: string;
  amount: Money;
  description: string;
  locale: 'fr' | 'en';
  returnUrl: string;
}

/** What the provider is asked with: an attempt as it stands when its transaction is over. */
export type Attempt = Pick<
  Payment,
  'id' | 'state' | 'checkoutUrl' | 'amount' | 'description' | 'returnUrl' | 'token' | 'locale'
>;

/** A payment is started in three short steps: written down, asked for at the provider, answer written down. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
    private readonly provider: PaymentProvider,
    private readonly accounts: PaymentAccounts,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** Step 1, in the transaction of what is paid for. */
  async create(payment: NewPayment): Promise<Attempt> {
    const attempt = { ...payment, id: newId(), token: newScopedToken(this.uow.associationId) };
    await this.payments.insert({
      ...attempt,
      amountCents: payment.amount.cents,
      currency: payment.amount.currency,
      mode: this.accounts.current().mode,
    });
    return { ...attempt, state: 'created', checkoutUrl: null };
  }

  /** The attempt that an interrupted request left behind. @throws DomainError `payment_not_found` */
  async latestAttempt(reference: string): Promise<Attempt> {
    const [latest] = await this.payments.ofReference(reference);
    if (!latest) throw paymentNotFound();
    return latest;
  }

  /**
   * Steps 2 and 3, outside any transaction. Asked again for the same attempt it makes no second payment:
   * the attempt's id is the idempotency key.
   * @param attempt as read or written in a transaction that has committed
   * @returns where the donor pays; null when there is nothing left to pay
   * @throws DomainError `payment_provider_unavailable` (try again), `payment_refused_by_provider`
   */
  async open(associationId: string, attempt: Attempt): Promise<string | null> {
    if (attempt.state !== 'created') return attempt.checkoutUrl;
    const answer = await this.provider.createPayment(this.accounts.current(), {
      idempotencyKey: attempt.id,
      paymentId: attempt.id,
      amount: attempt.amount,
      description: attempt.description,
      redirectUrl: attempt.returnUrl,
      webhookUrl: webhookUrl(this.config, attempt.token),
      locale: attempt.locale === 'fr' ? 'fr_FR' : 'en_GB',
    });
    providerCalls.inc({ call: 'create_payment', outcome: answer.outcome });
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (answer.outcome === 'refused') {
      logger.error(
        { paymentId: attempt.id, code: answer.code, field: answer.field },
        'the provider refused a payment',
      );
      await this.refuse(associationId, attempt.id, answer.code);
      throw providerRefused(answer.code, answer.detail);
    }
    return this.uow.inTenant(associationId, () => this.opened(attempt.id, answer.value));
  }

  private async opened(paymentId: string, remote: ProviderPayment): Promise<string | null> {
    const payment = await this.payments.getForUpdate(paymentId);
    // A webhook may have been faster than this answer.
    if (payment.state !== 'created') return payment.checkoutUrl ?? remote.checkoutUrl;
    await this.movePayment.run(payment, 'open', {
      providerId: remote.id,
      profileId: remote.profileId,
      checkoutUrl: remote.checkoutUrl,
      expiresAt: remote.expiresAt,
    });
    return remote.checkoutUrl;
  }

  private async refuse(associationId: string, paymentId: string, code: string): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const payment: Payment = await this.payments.getForUpdate(paymentId);
      if (payment.state === 'created') await this.movePayment.run(payment, 'failed', { failureReason: code });
    });
  }
}
