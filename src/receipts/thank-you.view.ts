import type { NoReceiptReason } from './receipt-decision.js';
import type { LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';
import type { MailView } from '../platform/templates/render-mail.js';

/** The thanks for one paid gift. Personal throughout: never logged. */
export interface ThankYouMailView extends MailView {
  /** A person of the association; the mail is theirs. */
  signatory: { name: string; role?: string };
  firstName?: string;
  /** The gift alone. */
  amount: Money;
  /** What was added for the platform. */
  tip?: Money;
  date: LegalDate;
  formTitle?: string;
  /** "don_…" */
  reference: string;
  /** The association's own words, plain text; blank lines part paragraphs. */
  thankYouText?: string;
  receipt:
    { state: 'attached'; number: string } | { state: 'later' } | { state: 'none'; reason: NoReceiptReason };
  /** Absolute. */
  statusUrl: string;
  /** Absolute: the page of the plan that the gift is one of. */
  manageUrl?: string;
}
