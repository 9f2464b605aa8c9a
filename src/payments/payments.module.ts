import { Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MailingModule } from '../mailing/index.js';
import { APP_CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { version } from '../platform/config/version.js';
import { assertNoTransaction } from '../platform/database/ambient-unit.js';
import { accountProviders } from './accounts/accounts.providers.js';
import { FinishConnect } from './accounts/finish-connect.js';
import { MollieAccountController } from './accounts/mollie-account.controller.js';
import { PaymentAccountQueries } from './accounts/payment-account.queries.js';
import { CancelAttempt } from './cancel-attempt.js';
import { CancelRivals } from './cancel-rivals.js';
import { CloseUnborn } from './close-unborn.js';
import { CloseDisputes } from './disputes/close-disputes.js';
import { DisputesController } from './disputes/disputes.controller.js';
import { DisputesRepository } from './disputes/disputes.repository.js';
import { MoveDispute } from './disputes/move-dispute.js';
import { TakeOverChargebacks } from './disputes/take-over-chargebacks.js';
import { FinishChargeHandler } from './mandates/finish-charge.handler.js';
import { DoubtMandate, LearnMandate } from './mandates/learn-mandate.js';
import { MandatesRepository } from './mandates/mandates.repository.js';
import { MoveMandate } from './mandates/move-mandate.js';
import { OpenMandate } from './mandates/open-mandate.js';
import { ProviderMandates } from './mandates/provider-mandates.js';
import { ReadMandate } from './mandates/read-mandate.js';
import { RevokeMandateHandler } from './mandates/revoke-mandate.handler.js';
import { SweepChargesHandler } from './mandates/sweep-charges.handler.js';
import { SyncMandateHandler } from './mandates/sync-mandate.handler.js';
import { MollieWebhookController } from './mollie-webhook.controller.js';
import { MovePayment } from './move-payment.js';
import { PaymentBook } from './payment-book.js';
import { PaymentDetailsReader } from './payment-details.js';
import { PaymentReturns } from './payment-returns.js';
import './payments.checks.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentQueries } from './payments.queries.js';
import { PaymentsRepository } from './payments.repository.js';
import { ProviderFacts } from './provider-facts.js';
import { MollieProvider } from './providers/mollie-provider.js';
import { PaymentProvider } from './providers/payment-provider.js';
import { PayoutQueries } from './payouts/payout.queries.js';
import { PayoutsController } from './payouts/payouts.controller.js';
import { payoutProviders } from './payouts/payouts.providers.js';
import { ReceivedMoneyQueries } from './received-money.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { CorrectOfflinePayment } from './offline/correct-offline-payment.js';
import { RecordOfflinePayment } from './offline/record-offline-payment.js';
import { CancelRefund } from './refunds/cancel-refund.js';
import { LockedRefunds } from './refunds/locked-refund.js';
import { MoveRefund } from './refunds/move-refund.js';
import { RefundAnswers } from './refunds/refund-answers.js';
import { PaymentRefundsController, RefundsController } from './refunds/refunds.controller.js';
import { RefundsRepository } from './refunds/refunds.repository.js';
import { RemoteRefunds } from './refunds/remote-refunds.js';
import { RequestRefund } from './refunds/request-refund.js';
import { SendRefundHandler } from './refunds/send-refund.handler.js';
import { SendRefund } from './refunds/send-refund.js';
import { SendRefundsAgain } from './refunds/send-refunds-again.js';
import { TakeOverRefunds } from './refunds/take-over-refunds.js';
import { RemotePayments } from './remote-payments.js';
import { ReturnQueries } from './returns.queries.js';
import { StartPayment } from './start-payment.js';
import { SweepPaymentsHandler } from './sweep-payments.handler.js';
import { SyncPaymentHandler } from './sync-payment.handler.js';
import { SyncPayment } from './sync-payment.js';

const MAX_ATTEMPTS = 3;

const REFUNDS = [
  RefundsRepository,
  LockedRefunds,
  MoveRefund,
  TakeOverRefunds,
  RemoteRefunds,
  RefundAnswers,
  RequestRefund,
  SendRefund,
  SendRefundHandler,
  SendRefundsAgain,
  CancelRefund,
];

const DISPUTES = [DisputesRepository, MoveDispute, TakeOverChargebacks, CloseDisputes];

@Injectable()
class ProviderLifecycle implements OnApplicationShutdown {
  constructor(@Inject(PaymentProvider) private readonly provider: PaymentProvider) {}

  onApplicationShutdown(): void {
    this.provider.close();
  }
}

@Module({
  imports: [AssociationsModule, LedgerModule, MailingModule],
  controllers: [
    MollieWebhookController,
    MollieAccountController,
    PaymentsController,
    PaymentRefundsController,
    RefundsController,
    DisputesController,
    PayoutsController,
  ],
  providers: [
    ...REFUNDS,
    ...DISPUTES,
    ...payoutProviders,
    PaymentsRepository,
    PaymentBook,
    PaymentReturns,
    PaymentDetailsReader,
    PaymentQueries,
    ReceivedMoneyQueries,
    ReturnQueries,
    ...accountProviders,
    PaymentAccountQueries,
    MandatesRepository,
    MoveMandate,
    OpenMandate,
    ProviderMandates,
    ReadMandate,
    LearnMandate,
    DoubtMandate,
    SyncMandateHandler,
    RevokeMandateHandler,
    SweepChargesHandler,
    FinishChargeHandler,
    MovePayment,
    RecordOfflinePayment,
    CorrectOfflinePayment,
    StartPayment,
    ProviderFacts,
    RemotePayments,
    SyncPayment,
    SyncPaymentHandler,
    ReceiveWebhook,
    CloseUnborn,
    CancelAttempt,
    CancelRivals,
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
  exports: [
    OpenMandate,
    PaymentQueries,
    ReceivedMoneyQueries,
    ReturnQueries,
    PayoutQueries,
    PaymentAccountQueries,
    FinishConnect,
    StartPayment,
    SyncPayment,
    RequestRefund,
    CancelRefund,
    RecordOfflinePayment,
    CorrectOfflinePayment,
  ],
})
export class PaymentsModule {}
