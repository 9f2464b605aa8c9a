import type { LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';

/** What every page of an association shows of it. Nothing personal but the names of those who sign. */
export interface AssociationView {
  name: string;
  slug: string;
  /** Same host only: pages ask no other. */
  logoUrl?: string;
  /** One sentence, as in the statutes. */
  object: string;
  /** "#rrggbb"; anything else gets the default accent. */
  colour: string;
  /** May its donors have tax receipts? */
  isEligible: boolean;
  /** Where donors' questions go. */
  contactEmail?: string;
}

/** Who signs thanks: « Amina Diallo, trésorière ». */
export interface SignatoryView {
  name: string;
  role: string;
}

/** What a reader's request decides, the same for all pages. */
export interface PageContext {
  /** One of `TemplateEngine.translations.locales`. */
  locale: string;
  /** True as long as payments are simulated: every page says so. */
  sandbox: boolean;
  /** Carried by the links of the page: "?lang=en" where the browser alone would be given another language. */
  linkQuery?: string;
  /** The association whose page this is. */
  association?: AssociationView;
}

/** Why a paid gift has no tax receipt. */
export type NoReceiptReason =
  'not_requested' | 'not_eligible' | 'address_missing' | 'money_returned' | 'refund_under_way';

export type ReceiptView = (
  | { state: 'ready'; number: string; downloadUrl: string }
  | { state: 'being_made' }
  | { state: 'none'; reason: NoReceiptReason }
) & {
  /** A cancelled one that the donor may still have. */
  voided?: { number: string; cancelledOn: LegalDate };
};

/** A gift as its donor sees it. */
export interface GiftView {
  amount: Money;
  /** What the donor adds for the platform; shown apart. */
  tip?: Money;
  date: LegalDate;
  /** "don_…" */
  reference: string;
  /** Where a gift that comes again is changed and stopped. */
  planUrl?: string;
  /** Absent: a gift that came through no form. */
  form?: { title: string; url: string };
  /** What a suggested amount pays for: « un kit de semences ». */
  impact?: string;
}
