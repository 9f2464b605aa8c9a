import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import type { Clock } from '../kernel/clock.js';
import { CLOCK } from '../platform/clock.token.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { accountDisconnected } from './accounts/accounts.errors.js';
import type { MadeWith } from './accounts/payment-accounts.js';
import { ProviderCalls } from './accounts/provider-calls.js';
import { ProviderMandates, type ProviderHolder } from './mandates/provider-mandates.js';
import type { Payment } from './payment.entity.js';
import { providerRefused, providerSilent } from './payments.errors.js';
import { PaymentProvider, type ProviderAnswer, type ProviderPayment } from './providers/payment-provider.js';
import { webhookUrl } from './webhook-url.js';

/** What the provider is asked with: an attempt as it stands when its transaction is over. */
export type Attempt = Pick<
  Payment,
  | 'id'
  | 'state'
  | 'checkoutUrl'
  | 'amount'
  | 'applicationFee'
  | 'sequence'
  | 'mandateId'
  | 'description'
  | 'returnUrl'
  | 'token'
  | 'locale'
  | keyof MadeWith
> & {
  /** Absent: it was written just now. */
  createdAt?: Date;
  /** Whom a `recurring` payment charges; absent: it is read. */
  holder?: ProviderHolder;
};

/** The provider keeps idempotency keys for an hour. After this, what has a customer is looked for before it is asked for again. */
const KEY_KEPT_MS = 50 * 60_000;

/** Makes and reads payments at the provider, each with the account it was made with. */
@Injectable()
export class RemotePayments {
  constructor(
    private readonly provider: PaymentProvider,
    private readonly calls: ProviderCalls,
    private readonly mandates: ProviderMandates,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asked again for the same attempt it makes no second payment: the attempt's id is the idempotency key. */
  async create(associationId: string, attempt: Attempt): Promise<ProviderAnswer<ProviderPayment>> {
    const holder = await this.mandates.of(associationId, attempt);
    if (holder.outcome !== 'ok') return holder;
    if (holder.value.customerId !== null && this.isKeyForgotten(attempt)) {
      const found = await this.find(associationId, attempt, holder.value);
      if (found.outcome !== 'ok') return found;
      if (found.value) return { outcome: 'ok', value: found.value };
    }
    return this.calls.make(associationId, attempt, 'create_payment', (account) =>
      this.provider.createPayment(account, {
        idempotencyKey: attempt.id,
        paymentId: attempt.id,
        amount: attempt.amount,
        applicationFee: attempt.applicationFee.isPositive() ? attempt.applicationFee : null,
        sequence: attempt.sequence,
        ...holder.value,
        description: attempt.description,
        redirectUrl: attempt.returnUrl,
        webhookUrl: webhookUrl(this.config, attempt.token),
        locale: attempt.locale === 'fr' ? 'fr_FR' : 'en_GB',
      }),
    );
  }

  /**
   * Did a charge never reach the provider?
   * @throws DomainError `payment_provider_unavailable`, `payment_refused_by_provider`
   */
  async isUnknown(associationId: string, attempt: Attempt): Promise<boolean> {
    const holder = await this.mandates.of(associationId, attempt);
    if (holder.outcome === 'refused') return true;
    const found = holder.outcome === 'ok' ? await this.find(associationId, attempt, holder.value) : holder;
    if (found.outcome === 'unknown') throw providerSilent(found.detail);
    if (found.outcome === 'refused') throw providerRefused(found.code, found.detail);
    return found.value === null;
  }

  private find(associationId: string, attempt: Attempt, { customerId }: ProviderHolder) {
    return this.calls.make(associationId, attempt, 'find_payment', (account) =>
      this.provider.findPayment(account, customerId!, attempt.id),
    );
  }

  private isKeyForgotten({ createdAt }: Attempt): boolean {
    return createdAt !== undefined && this.clock.now().getTime() - createdAt.getTime() > KEY_KEPT_MS;
  }

  /**
   * Ends a payment that is not paid, if the provider lets it be ended.
   * @throws DomainError `payment_provider_unavailable`
   */
  async cancel(payment: Payment): Promise<void> {
    const remote = await this.read(payment, payment.providerId!);
    if (!remote?.isCancelable) return;
    const answer = await this.calls.make(payment.associationId, payment, 'cancel_payment', (account) =>
      this.provider.cancelPayment(account, remote.id, newId()),
    );
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
  }

  /**
   * @returns undefined when the provider does not know an id that only a webhook claimed
   * @throws DomainError `payment_account_disconnected`: out of reach until the association connects again
   */
  async read(payment: Payment, providerId: string): Promise<ProviderPayment | undefined> {
    const answer = await this.calls.make(payment.associationId, payment, 'get_payment', (account) =>
      this.provider.getPayment(account, providerId),
    );
    if (answer.outcome === 'ok') return answer.value;
    if (answer.outcome === 'unknown') throw providerSilent(answer.detail);
    if (payment.providerId === null && answer.code === 'not_found') return undefined;
    if (answer.code === accountDisconnected().code) throw accountDisconnected();
    throw providerRefused(answer.code, answer.detail);
  }
}
