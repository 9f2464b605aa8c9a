export { Dispute } from './disputes/dispute.entity.js';
export { Payment, type IncomeAccount } from './payment.entity.js';
export type { PaymentState } from './payment.state.js';
export {
  DisputeMoved,
  PaymentMoved,
  RefundMoved,
  type DisputeMovedPayload,
  type DisputeState,
  type PaymentMovedPayload,
  type RefundMovedPayload,
  type RefundState,
} from './payments.events.js';
export { AccountDisconnected, type AccountDisconnectedPayload } from './accounts/accounts.events.js';
export type { ConnectOutcome } from './accounts/connect-outcome.js';
export { FinishConnect, type ConnectReturn } from './accounts/finish-connect.js';
export { MollieAccount } from './accounts/mollie-account.entity.js';
export { ResealSecrets, SealedSecretsModule } from './accounts/reseal-secrets.js';
export { PaymentAccountQueries } from './accounts/payment-account.queries.js';
export { Mandate } from './mandates/mandate.entity.js';
export type { MandateState } from './mandates/mandate.state.js';
export { MandateMoved, type MandateMovedPayload } from './mandates/mandates.events.js';
export { OpenMandate } from './mandates/open-mandate.js';
export { CorrectOfflinePayment, type OfflineCorrection } from './offline/correct-offline-payment.js';
export { RecordOfflinePayment, type OfflinePayment } from './offline/record-offline-payment.js';
export { PayoutQueries, type PayoutOfPayment } from './payouts/payout.queries.js';
export { Payout } from './payouts/payout.entity.js';
export { PaymentsModule } from './payments.module.js';
export { PaymentQueries } from './payments.queries.js';
export { ReceivedMoneyQueries, type ReceivedMoney } from './received-money.js';
export type { Attempt } from './remote-payments.js';
export { ReturnQueries, type RefundOrigin, type ReturnedAmount } from './returns.queries.js';
export { Refund } from './refunds/refund.entity.js';
export { RequestRefund, type RefundWish } from './refunds/request-refund.js';
export { CancelRefund } from './refunds/cancel-refund.js';
export { StartPayment, type NewPayment } from './start-payment.js';
export { SyncPayment } from './sync-payment.js';
export { largestApplicationFee } from './providers/application-fee-limit.js';
export { PaymentProvider } from './providers/payment-provider.js';
export type * from './providers/payment-provider.js';
