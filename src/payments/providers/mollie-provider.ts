import { Locale, PaymentEmbed } from '@mollie/api-client';
import type { Money } from '../../kernel/money.js';
import { MollieClients } from './mollie-clients.js';
import { MollieFailure, unknown } from './mollie-failure.js';
import { toPaymentMethod, toProviderPayment } from './mollie-payment.mapper.js';
import { MollieTransport } from './mollie-transport.js';
import {
  PaymentProvider,
  type CreatePayment,
  type PaymentMethod,
  type ProviderAccount,
  type ProviderAnswer,
  type ProviderPayment,
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
      const payment = await this.clients.of(account.apiKey).payments.create({
        amount: toMollie(input.amount),
        description: input.description.slice(0, DESCRIPTION_LIMIT),
        redirectUrl: input.redirectUrl,
        cancelUrl: input.cancelUrl,
        webhookUrl: input.webhookUrl,
        locale: Locale[input.locale],
        metadata: { paymentId: input.paymentId },
        idempotencyKey: input.idempotencyKey,
      });
      return toProviderPayment(payment);
    });
  }

  getPayment(account: ProviderAccount, providerId: string): Promise<ProviderAnswer<ProviderPayment>> {
    return this.ask(async () => {
      const embed = [PaymentEmbed.refunds, PaymentEmbed.chargebacks];
      return toProviderPayment(await this.clients.of(account.apiKey).payments.get(providerId, { embed }));
    });
  }

  cancelPayment(
    account: ProviderAccount,
    providerId: string,
    idempotencyKey: string,
  ): Promise<ProviderAnswer<ProviderPayment>> {
    return this.ask(async () =>
      toProviderPayment(
        await this.clients.of(account.apiKey).payments.cancel(providerId, { idempotencyKey }),
      ),
    );
  }

  listMethods(
    account: ProviderAccount,
    amount: Money,
    locale: 'fr_FR' | 'en_GB',
  ): Promise<ProviderAnswer<PaymentMethod[]>> {
    return this.ask(async () => {
      const wish = { amount: toMollie(amount), locale: Locale[locale] };
      return (await this.clients.of(account.apiKey).methods.list(wish)).map(toPaymentMethod);
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
