import type { LegalDate } from '../kernel/clock.js';
import type { Money } from '../kernel/money.js';
import type { AssociationView } from './public-page.view.js';

/** What the donor has just done, told at the top of the page. */
export const PLAN_NOTICES = ['montant', 'pause', 'reprise', 'arret', 'en-cours'] as const;
export type PlanNotice = (typeof PLAN_NOTICES)[number];

/** Why a donor stops, where they care to say so. */
export const STOP_REASONS = ['budget', 'another_cause', 'disappointed', 'mistake', 'other'] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export interface PlanHistoryLine {
  date: LegalDate;
  amount?: Money;
  words: string;
}

/** The donor's own page of a gift that comes again. Nothing personal but the first name. */
export interface PlanPageView {
  association: AssociationView;
  firstName: string;
  state: 'pending' | 'active' | 'paused' | 'ended';
  heading: string;
  lead: string;
  /** Where its first payment goes on, for one that has not begun. */
  beginUrl?: string;
  notice?: string;
  gift: { amount: string; each: string; formTitle: string; formUrl: string; nextOn?: LegalDate };
  history: PlanHistoryLine[];
  /** Absent where there is nothing to change any more. */
  change?: { url: string; typed: string; bounds: string; error?: string };
  pause?: { url: string };
  resume?: { url: string; text: string };
  /** `isMain`: what there is to do on this page. */
  mend?: { url: string; title: string; text: string; button: string; isMain: boolean };
  stop?: { url: string };
}

/** Asked once more, without a trick. */
export interface PlanStopView {
  association: AssociationView;
  heading: string;
  text: string;
  action: string;
  backUrl: string;
  reasons: { value: StopReason; label: string }[];
}
