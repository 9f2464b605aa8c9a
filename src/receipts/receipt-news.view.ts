import type { LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';
import type { MailView } from '../platform/templates/render-mail.js';
import type { DonorNews, ReceiptNews } from './donor-news.js';

/** To a donor, about money that went back. Personal throughout: never logged. */
export interface ReceiptNewsMailView extends MailView {
  news: DonorNews;
  /** What went back, or came back. */
  returned: Money;
  gift: { amount: Money; date: LegalDate; /** "don_…" */ reference: string };
  receipt: ReceiptNews;
  /** Absolute. */
  statusUrl: string;
}

/** What a treasurer must know or do. */
export type TreasurerNews = 'dispute_opened' | 'dispute_won' | 'refund_failed';

/** To the association; names no donor. */
export interface TreasurerMailView extends MailView {
  news: TreasurerNews;
  returned: Money;
  /** The bank's or the provider's own code and words. */
  reason?: string;
  gift: { amount: Money; date: LegalDate; reference: string };
  /** Numbers. */
  receipts: { cancelled?: string; issued?: string };
}
