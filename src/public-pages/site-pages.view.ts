import type { AssociationView } from './public-page.view.js';

/** /:slug */
export interface AssociationPageView {
  association: AssociationView;
  forms: { title: string; url: string; summary?: string }[];
}

/** / */
export interface HomePageView {
  /** Addresses of the demonstration; absent on a real instance. */
  demo?: { formUrl: string; associationUrl: string; mailboxUrl: string; docsUrl: string };
}

/** /:slug/donnees-personnelles */
export interface PrivacyPageView {
  association: AssociationView;
}

export interface MailboxEntryView {
  url: string;
  to: string;
  from: string;
  subject: string;
  sentAt: Date;
  attachmentCount: number;
}

/** /boite-aux-lettres */
export interface MailboxPageView {
  mails: MailboxEntryView[];
}

/** /boite-aux-lettres/:id. `htmlUrl` answers the HTML part alone, under its own strict policy. */
export interface MailPageView {
  mailboxUrl: string;
  mail: MailboxEntryView & {
    replyTo?: string;
    htmlUrl?: string;
    text: string;
    attachments: { name: string; url: string; bytes: number }[];
  };
}

export type ErrorPageKind =
  | 'not_found'
  | 'forbidden'
  | 'form_not_published'
  | 'form_closed'
  /** Its account at the payment provider is missing, or was taken back. */
  | 'cannot_receive'
  | 'invalid'
  | 'limit'
  | 'internal'
  /** Our fault, on the way to the checkout: no money can have moved. */
  | 'not_sent'
  | 'unavailable'
  | 'provider';

export interface ErrorPageView {
  kind: ErrorPageKind;
  /** The request's id, for whoever is asked for help. */
  reference?: string;
  /** Where to start again: the form's own page. */
  backUrl?: string;
}
