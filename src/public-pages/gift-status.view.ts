import type { Money } from '../kernel/money.js';
import type { AssociationView, GiftView, ReceiptView, SignatoryView } from './public-page.view.js';

/** `unknown`: the provider gave no answer yet, so nobody can say whether money moved. */
export type GiftStatus = 'pending' | 'paid' | 'failed' | 'canceled' | 'expired' | 'refunded' | 'unknown';

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
      }
    | {
        state: 'pending' | 'unknown';
        /** JSON `{ state }`, asked by the script until it changes. */
        statusUrl: string;
        /** The provider's page, while it can still be paid there. */
        resumeUrl?: string;
      }
    | { state: 'failed' | 'canceled' | 'expired'; retryUrl: string }
    | { state: 'refunded'; refunded: Money }
  );
