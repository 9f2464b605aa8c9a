import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { version } from '../platform/config/version.js';
import { assertNoTransaction } from '../platform/database/ambient-unit.js';
import { PaymentAccountQueries } from './accounts/payment-account.queries.js';
import { PaymentAccounts } from './accounts/payment-accounts.js';
import { ProviderCalls } from './accounts/provider-calls.js';
import { CloseUnborn } from './close-unborn.js';
import { MollieWebhookController } from './mollie-webhook.controller.js';
import { MovePayment } from './move-payment.js';
import { PaymentQueries } from './payments.queries.js';
import { PaymentsRepository } from './payments.repository.js';
import { ProviderFacts } from './provider-facts.js';
import { MollieProvider } from './providers/mollie-provider.js';
import { PaymentProvider } from './providers/payment-provider.js';
import { ReceivedMoneyQueries } from './received-money.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { RemotePayments } from './remote-payments.js';
import { ReturnQueries } from './returns.queries.js';
import { StartPayment } from './start-payment.js';
import { SweepPaymentsHandler } from './sweep-payments.handler.js';
import { SyncPaymentHandler } from './sync-payment.handler.js';
import { SyncPayment } from './sync-payment.js';

const MAX_ATTEMPTS = 3;

@Injectable()
class ProviderLifecycle implements OnApplicationShutdown {
  constructor(@Inject(PaymentProvider) private readonly provider: PaymentProvider) {}

  onApplicationShutdown(): void {
    this.provider.close();
  }
}

@Module({
  controllers: [MollieWebhookController],
  providers: [
    PaymentsRepository,
    PaymentQueries,
    ReceivedMoneyQueries,
    ReturnQueries,
    PaymentAccounts,
    PaymentAccountQueries,
    ProviderCalls,
    MovePayment,
    StartPayment,
    ProviderFacts,
    RemotePayments,
    SyncPayment,
    SyncPaymentHandler,
    ReceiveWebhook,
    CloseUnborn,
    SweepPaymentsHandler,
    ProviderLifecycle,
    {
      provide: PaymentProvider,
      inject: [APP_CONFIG],
      useFactory: ({ mollie }: AppConfig) =>
        new MollieProvider({
          apiUrl: mollie.apiUrl,
          extraCaPem: mollie.extraCaPem ?? undefined,
          timeoutMs: mollie.timeoutMs,
          maxAttempts: MAX_ATTEMPTS,
          versionString: `Obole/${version}`,
          assertNoTransaction,
        }),
    },
  ],
  exports: [PaymentQueries, ReceivedMoneyQueries, ReturnQueries, PaymentAccountQueries, StartPayment, SyncPayment],
})
export class PaymentsModule {}
