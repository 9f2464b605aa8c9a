import type { Money } from '../kernel/money.js';
import type { AssociationView, GiftView, ReceiptView, SignatoryView } from './public-page.view.js';

/**
 * `open`: the donor has not paid yet. `pending`: the bank has the last word. `unknown`: the provider gave no answer,
 * so nobody can say whether money moved.
 */
export type GiftStatus =
  'open' | 'pending' | 'paid' | 'failed' | 'canceled' | 'expired' | 'refunded' | 'unknown';

/** Where the script asks how things stand, and what this page says of it. */
export interface StatusPoll {
  url: string;
  /** State of the gift and of its receipt: "paid coming". Another answer reloads the page. */
  seen: string;
}

interface StatusPage {
  association: AssociationView;
  gift: GiftView;
}

/** /don/:token, one shape per state so that no page can lack what its state needs. */
export type GiftStatusView = StatusPage &
  (
    | {
        state: 'paid';
        firstName?: string;
        /** The association's own words, plain text. */
        thankYouText?: string;
        signatory?: SignatoryView;
        receipt: ReceiptView;
        /** While the receipt is being made. */
        poll?: StatusPoll;
      }
    | {
        state: 'open' | 'pending' | 'unknown';
        poll: StatusPoll;
        /** The provider's page, while it can still be paid there. */
        resumeUrl?: string;
      }
    | { state: 'failed' | 'canceled' | 'expired'; retryUrl: string }
    | { state: 'refunded'; refunded: Money; voided?: ReceiptView['voided'] }
  );
