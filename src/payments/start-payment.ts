import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { newScopedToken } from '../kernel/scoped-token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { logger } from '../platform/logging/logger.js';
import { PaymentAccounts, type MadeWith } from './accounts/payment-accounts.js';
import type { ProviderHolder } from './mandates/provider-mandates.js';
import { MandatesRepository } from './mandates/mandates.repository.js';
import { MovePayment } from './move-payment.js';
import { nextLook } from './next-look.js';
import type { IncomeAccount, Payment } from './payment.entity.js';
import { paymentNotFound, providerRefused, providerSilent } from './payments.errors.js';
import { PaymentsRepository } from './payments.repository.js';
import type { PaymentSequence, ProviderPayment } from './providers/payment-provider.js';
import { RemotePayments, type Attempt } from './remote-payments.js';

export interface NewPayment {
  reference: string;
  /** What the donor pays, the contribution to the platform included. */
  amount: Money;
  /** That contribution; zero for none. @see CurrentAccount.takesApplicationFee */
  applicationFee: Money;
  income: IncomeAccount;
  sequence: PaymentSequence;
  /** Of a `first` or `recurring` payment: a row of the mandates. */
  mandateId: string | null;
  description: string;
  locale: 'fr' | 'en';
  /** Null for `recurring`: nobody comes back. */
  returnUrl: string | null;
}

/** A payment is started in three short steps: written down, asked for at the provider, answer written down. */
@Injectable()
export class StartPayment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payments: PaymentsRepository,
    private readonly movePayment: MovePayment,
    private readonly accounts: PaymentAccounts,
    private readonly remote: RemotePayments,
    private readonly mandates: MandatesRepository,
  ) {}

  /** Step 1, in the transaction of what is paid for. */
  async create(payment: NewPayment): Promise<Attempt> {
    const attempt = {
      ...payment,
      ...(await this.madeWith(payment)),
      id: newId(),
      token: newScopedToken(this.uow.associationId),
    };
    await this.payments.insert({
      ...attempt,
      amountCents: payment.amount.cents,
      applicationFeeCents: payment.applicationFee.cents,
      currency: payment.amount.currency,
      incomeAccount: payment.income,
    });
    return { ...attempt, state: 'created', checkoutUrl: null };
  }

  /** A mandate belongs to the account it was made with, whatever account the association has now. */
  private async madeWith({ mandateId }: NewPayment): Promise<MadeWith & { holder?: ProviderHolder }> {
    if (mandateId === null) {
      const { takesApplicationFee: _, ...current } = await this.accounts.current();
      return current;
    }
    const mandate = await this.mandates.get(mandateId);
    const { accountId, mode, profileId, organizationId } = mandate;
    const holder = { customerId: mandate.providerCustomerId, mandateId: mandate.providerMandateId };
    return { accountId, mode, profileId, organizationId, holder };
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
    const answer = await this.remote.create(associationId, attempt);
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
      nextSyncAt: firstLook(payment, remote),
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

function firstLook({ createdAt }: Payment, { expiresAt }: ProviderPayment): Date | null {
  return nextLook({ state: 'open', createdAt, paidAt: null, expiresAt, isMoneyOnTheMove: false }, createdAt);
}
