export type { NoReceiptReason } from './receipt-decision.js';
export { Receipt } from './receipt.entity.js';
export { ReceiptsModule } from './receipts.module.js';
export {
  ReceiptQueries,
  type DonationReceipt,
  type ReceiptPdf,
  type VoidReceipt,
} from './receipts.queries.js';
