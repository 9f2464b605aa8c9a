export { Payment } from './payment.entity.js';
export type { PaymentState } from './payment.state.js';
export { PaymentMoved, type PaymentMovedPayload } from './payments.events.js';
export { PaymentsModule } from './payments.module.js';
export { PaymentQueries } from './payments.queries.js';
export { StartPayment, type Attempt, type NewPayment } from './start-payment.js';
export { SyncPayment } from './sync-payment.js';
export { PaymentProvider } from './providers/payment-provider.js';
export type * from './providers/payment-provider.js';
