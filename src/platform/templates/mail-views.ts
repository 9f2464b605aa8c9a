import type { LegalDate } from '../../kernel/clock.js';
import type { Money } from '../../kernel/money.js';

/** Whose mail it is: its name heads the mail, its colour (guarded) marks it. */
export interface MailBrand {
  name: string;
  colour: string;
}

/** The thanks for one paid gift. Personal throughout: never logged. */
export interface ThankYouMailView {
  association: MailBrand;
  /** A person of the association; the mail is theirs. */
  signatory: { name: string; role: string };
  firstName?: string;
  amount: Money;
  date: LegalDate;
  formTitle: string;
  /** "don_…" */
  reference: string;
  /** The association's own words, plain text; blank lines part paragraphs. */
  thankYouText?: string;
  receipt:
    | { state: 'attached'; number: string }
    | { state: 'later' }
    | { state: 'none'; reason: 'not_requested' | 'not_eligible' | 'address_missing' };
  /** Absolute addresses: a mail has no page of its own. */
  statusUrl: string;
  privacyUrl: string;
}

/** Each mail by the name of its files in templates/mail. */
export interface MailViews {
  'thank-you': ThankYouMailView;
}
