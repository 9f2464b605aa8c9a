import type { FieldError } from '../kernel/domain-error.js';
import type { Money } from '../kernel/money.js';
import type { TypedGift } from './parse-gift-form.js';
import type { AssociationView } from './public-page.view.js';

export interface SuggestedAmountView {
  amount: Money;
  /** What it pays for: « un kit de semences ». */
  label?: string;
  /** The cost after tax, from the dated table of rates; only with `taxReduction`. */
  afterTax?: Money;
}

/** What an association may ask beyond name and e-mail. */
export type AskedField = 'address' | 'message' | 'displayName';

/** A published form, as plain data. */
export interface GiftFormView {
  slug: string;
  title: string;
  /** Plain text; blank lines part paragraphs. */
  description: string;
  suggestedAmounts: SuggestedAmountView[];
  allowsFreeAmount: boolean;
  /** How often one may give; one at least. */
  frequencies: readonly ('once' | 'monthly' | 'quarterly' | 'yearly')[];
  minimum: Money;
  maximum: Money;
  requiredFields: readonly string[];
  goal?: { target: Money; collected: Money };
  /** May a contribution to the platform be added? */
  offersTip: boolean;
}

export type GiftNotice = 'provider_silent';

/** What the route hands over; `presentGiftPage` turns it into what the template shows. */
export interface GiftPageInput {
  association: AssociationView;
  /** No real money moves: said on the page. Absent: what holds for the installation. */
  isTest?: boolean;
  form: GiftFormView;
  /** Where the form is posted: the page's own path. */
  action: string;
  /** Makes a form sent twice one gift. */
  requestKey: string;
  /** Null when donors of this association have no reduction. `article` of the code général des impôts: "200". */
  taxReduction: { ratePercent: number; article: string } | null;
  /** What a refused form held, to show it again. */
  typed?: TypedGift;
  errors?: readonly FieldError[];
  /** Nothing is wrong with the form, and yet it could not be sent on. */
  notice?: GiftNotice;
}

/** One line of text to fill in. */
export interface TextFieldView {
  id: string;
  label: string;
  value: string;
  type: 'text' | 'email';
  autocomplete: string;
  optional: boolean;
  hint?: string;
  error?: string;
  /** Ids for aria-describedby, hint first. */
  describedBy?: string;
}

/** How often. With a single choice there is nothing to choose, and it is only said. */
export interface OftenView {
  choices: { id: string; value: string; label: string; submitTemplate: string; checked: boolean }[];
  /** May any of them come again? Then the donor reads how to end it. */
  comesAgain: boolean;
}

export interface AmountTileView {
  id: string;
  value: string;
  figure: string;
  impact?: string;
  checked: boolean;
}

export interface FreeAmountView {
  checked: boolean;
  value: string;
  bounds: string;
  faulty: boolean;
}

/** A contribution to the platform: folded away, nothing chosen, `open` when it was asked for or is faulty. */
export interface TipView {
  open: boolean;
  choices: { id: string; value: string; figure: string; checked: boolean }[];
  other: { checked: boolean; value: string; faulty: boolean };
  error?: string;
  describedBy?: string;
  /** Gift, contribution and total, as far as they are known before the script reads what is ticked. */
  recap?: { gift: string; tip: string; total: string };
}

export interface GiftPageView {
  association: AssociationView;
  title: string;
  lede?: string;
  about: string[];
  goal?: { collected: string; target: string; percent: number; percentText: string };
  action: string;
  requestKey: string;
  often: OftenView;
  amounts: {
    tiles: AmountTileView[];
    free?: FreeAmountView;
    columns: 2 | 3;
    error?: string;
    describedBy?: string;
  };
  /** The sentence shown before anything is chosen, and how the script words the others. */
  tax?: { sentence: string; template: string; ratePercent: number };
  /** « Donner {amount} », for the script: without it a figure on the button would stay as the amount changes. */
  submitTemplate: string;
  /** « Payer {amount} », when a contribution is added: the figure is more than the gift. */
  payTemplate: string;
  fields: Record<'firstName' | 'lastName' | 'email', TextFieldView>;
  receipt: { offered: boolean; wanted: boolean };
  address?: {
    always: boolean;
    legend: string;
    hint: string;
    /** For browsers that cannot fold the address away. */
    hintUnlessFolded?: string;
    line1: TextFieldView;
    line2: TextFieldView;
    postalCode: TextFieldView;
    city: TextFieldView;
    country: { options: CountryOption[]; error?: string };
  };
  /** Both optional as a rule, and then folded away; `open` when one is asked for, filled or faulty. */
  words: {
    open: boolean;
    message: { value: string; optional: boolean; error?: string };
    displayName: TextFieldView;
  };
  /** Only where it is offered. */
  tip?: TipView;
  errors: { href: string; text: string }[];
  notice?: { title: string; text: string };
}

export interface CountryOption {
  code: string;
  name: string;
  selected: boolean;
}
