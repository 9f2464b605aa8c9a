import { Locale, PaymentEmbed, SequenceType } from '@mollie/api-client';
import type { Money } from '../../kernel/money.js';
import { MollieClients } from './mollie-clients.js';
import { MollieFailure, unknown } from './mollie-failure.js';
import { toPaymentMethod, toProviderPayment, toProviderRefund } from './mollie-payment.mapper.js';
import { toProviderMandate, toProviderSettlement, toSettlementPart } from './mollie-facts.mapper.js';
import { MollieTransport } from './mollie-transport.js';
import {
  PaymentProvider,
  type CreatePayment,
  type CreateRefund,
  type PaymentMethod,
  type PaymentSequence,
  type ProviderAccount,
  type ProviderAnswer,
  type ProviderMandate,
  type ProviderPayment,
  type ProviderRefund,
  type ProviderSettlement,
  type SettlementParts,
} from './payment-provider.js';

export interface MollieProviderOptions {
  /** "https://api.mollie.com/v2/", or the sandbox's. */
  apiUrl: string;
  /** A certificate to trust besides the usual ones: the sandbox's. */
  extraCaPem?: string;
  /** For one call with all its attempts. */
  timeoutMs?: number;
  maxAttempts?: number;
  /** "Obole/1.2.3", told to Mollie. */
  versionString?: string;
  /** Throws when called inside a database transaction: a slow provider must not hold locks. */
  assertNoTransaction?: () => void;
}

const DESCRIPTION_LIMIT = 255;

/** On the statement of the association's account. */
const FEE_DESCRIPTION = 'Contribution à la plateforme';

/** Payments at Mollie, or at whoever speaks like it. Every outcome is an answer, none is thrown. */
export class MollieProvider extends PaymentProvider {
  private readonly transport: MollieTransport;
  private readonly clients: MollieClients;
  private readonly assertNoTransaction: () => void;

  constructor(options: MollieProviderOptions) {
    super();
    const { apiUrl, extraCaPem, timeoutMs = 15_000, maxAttempts = 3, versionString = 'Obole/0' } = options;
    this.transport = new MollieTransport({
      apiUrl: new URL(apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`),
      extraCaPem,
      timeoutMs,
      maxAttempts,
      userAgent: `Node/${process.version} ${versionString}`,
    });
    this.clients = new MollieClients(this.transport);
    this.assertNoTransaction = options.assertNoTransaction ?? (() => undefined);
  }

  createPayment(account: ProviderAccount, input: CreatePayment): Promise<ProviderAnswer<ProviderPayment>> {
    return this.ask(async () => {
      const payment = await this.clients.of(account).payments.create({
        amount: toMollie(input.amount),
        description: input.description.slice(0, DESCRIPTION_LIMIT),
        // The client's types want an address always; nobody comes back from a recurring payment.
        redirectUrl: input.redirectUrl ?? undefined!,
        cancelUrl: input.cancelUrl,
        webhookUrl: input.webhookUrl,
        locale: Locale[input.locale],
        sequenceType: SequenceType[input.sequence],
        ...(input.customerId !== null && { customerId: input.customerId }),
        ...(input.mandateId !== null && { mandateId: input.mandateId }),
        ...(input.applicationFee && {
          applicationFee: { amount: toMollie(input.applicationFee), description: FEE_DESCRIPTION },
        }),
        metadata: { paymentId: input.paymentId },
        idempotencyKey: input.idempotencyKey,
      });
      return toProviderPayment(payment);
    });
  }

  getPayment(account: ProviderAccount, providerId: string): Promise<ProviderAnswer<ProviderPayment>> {
    return this.ask(async () => {
      const embed = [PaymentEmbed.refunds, PaymentEmbed.chargebacks];
      return toProviderPayment(await this.clients.of(account).payments.get(providerId, { embed }));
    });
  }

  cancelPayment(
    account: ProviderAccount,
    providerId: string,
    idempotencyKey: string,
  ): Promise<ProviderAnswer<ProviderPayment>> {
    return this.ask(async () =>
      toProviderPayment(await this.clients.of(account).payments.cancel(providerId, { idempotencyKey })),
    );
  }

  listMethods(
    account: ProviderAccount,
    amount: Money,
    locale: 'fr_FR' | 'en_GB',
    sequence: PaymentSequence,
  ): Promise<ProviderAnswer<PaymentMethod[]>> {
    return this.ask(async () => {
      const wish = {
        amount: toMollie(amount),
        locale: Locale[locale],
        sequenceType: SequenceType[sequence],
      };
      return (await this.clients.of(account).methods.list(wish)).map(toPaymentMethod);
    });
  }

  findPayment(
    account: ProviderAccount,
    customerId: string,
    paymentId: string,
  ): Promise<ProviderAnswer<ProviderPayment | null>> {
    return this.ask(async () => {
      for await (const payment of this.clients.of(account).customerPayments.iterate({ customerId })) {
        const found = toProviderPayment(payment);
        if (found.paymentId === paymentId) return found;
      }
      return null;
    });
  }

  createRefund(account: ProviderAccount, input: CreateRefund): Promise<ProviderAnswer<ProviderRefund>> {
    return this.ask(async () =>
      toProviderRefund(
        await this.clients.of(account).paymentRefunds.create({
          paymentId: input.providerPaymentId,
          amount: toMollie(input.amount),
          description: input.description.slice(0, DESCRIPTION_LIMIT),
          metadata: { refundId: input.refundId },
          idempotencyKey: input.refundId,
        }),
      ),
    );
  }

  cancelRefund(
    account: ProviderAccount,
    providerPaymentId: string,
    providerRefundId: string,
  ): Promise<ProviderAnswer<true>> {
    return this.ask(async () => {
      await this.clients.of(account).paymentRefunds.cancel(providerRefundId, {
        paymentId: providerPaymentId,
      });
      return true as const;
    });
  }

  createCustomer(
    account: ProviderAccount,
    input: { idempotencyKey: string; reference: string; locale: 'fr_FR' | 'en_GB' },
  ): Promise<ProviderAnswer<{ id: string }>> {
    return this.ask(async () => {
      const { id } = await this.clients.of(account).customers.create({
        metadata: { reference: input.reference },
        locale: Locale[input.locale],
        idempotencyKey: input.idempotencyKey,
      });
      return { id };
    });
  }

  getMandate(
    account: ProviderAccount,
    customerId: string,
    mandateId: string,
  ): Promise<ProviderAnswer<ProviderMandate>> {
    return this.ask(async () =>
      toProviderMandate(await this.clients.of(account).customerMandates.get(mandateId, { customerId })),
    );
  }

  revokeMandate(
    account: ProviderAccount,
    customerId: string,
    mandateId: string,
  ): Promise<ProviderAnswer<true>> {
    return this.ask(async () => {
      await this.clients.of(account).customerMandates.revoke(mandateId, { customerId });
      return true as const;
    });
  }

  listSettlements(
    account: ProviderAccount,
    isKnown: (settlementId: string) => boolean,
  ): Promise<ProviderAnswer<ProviderSettlement[]>> {
    return this.ask(async () => {
      const found: ProviderSettlement[] = [];
      for await (const told of this.clients.of(account).settlements.iterate()) {
        if (isKnown(told.id)) break;
        found.push(toProviderSettlement(told));
      }
      return found;
    });
  }

  settlementParts(account: ProviderAccount, settlementId: string): Promise<ProviderAnswer<SettlementParts>> {
    return this.ask(async () => {
      const client = this.clients.of(account);
      const parts: SettlementParts = { payments: [], refunds: [], chargebacks: [] };
      for await (const one of client.settlementPayments.iterate({ settlementId }))
        parts.payments.push(toSettlementPart({ ...one, paymentId: one.id }));
      for await (const one of client.settlementRefunds.iterate({ settlementId }))
        parts.refunds.push(toSettlementPart(one));
      for await (const one of client.settlementChargebacks.iterate({ settlementId }))
        parts.chargebacks.push(toSettlementPart(one));
      return parts;
    });
  }

  /** Ends the kept-alive connections. */
  override close(): void {
    this.transport.close();
  }

  private async ask<T>(call: () => Promise<T>): Promise<ProviderAnswer<T>> {
    this.assertNoTransaction();
    try {
      return { outcome: 'ok', value: await call() };
    } catch (error) {
      return toAnswer(error);
    }
  }
}

function toMollie(amount: Money): { value: string; currency: string } {
  return { value: amount.toDecimal(), currency: amount.currency };
}

function toAnswer(error: unknown): ProviderAnswer<never> {
  if (error instanceof MollieFailure) return error.answer;
  if (!(error instanceof Error)) throw error;
  // The client's own checks, before anything was sent: a payment id that is none.
  if (error.name === 'ApiError' && !error.message.startsWith('Received unexpected response')) {
    return { outcome: 'refused', code: 'invalid_request', field: null, detail: error.message };
  }
  // A 2xx that the client or our mapper cannot read. The call happened: what came of it is unknown.
  return unknown(`Mollie's answer was not understood: ${error.message.slice(0, 300)}`);
}
