import { legalDate, type LegalDate } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import type { DonationReceipt } from '../receipts/index.js';
import { toAssociationView } from './association-view.js';
import type { GiftProgress } from './gift-progress.reader.js';
import type { GiftStatusFacts } from './gift-status.reader.js';
import type { GiftStatusView, StatusPoll } from './gift-status.view.js';
import type { GiftView, ReceiptView } from './public-page.view.js';

/** @param answered whether the provider told, just now, how the payment stands */
export function presentGiftStatus(
  facts: GiftStatusFacts,
  today: LegalDate,
  answered: boolean,
): GiftStatusView {
  const { donation, association, form } = facts;
  const page = { association: toAssociationView(association, today, form), gift: presentGift(facts) };
  const own = `/don/${donation.token}`;
  switch (donation.state) {
    case 'paid': {
      const receipt = presentReceiptState(facts.receipt ?? { state: 'coming' }, own);
      const { voided } = receipt;
      if (facts.isReturned)
        return { ...page, state: 'refunded', refunded: donation.amount, ...(voided && { voided }) };
      return {
        ...page,
        state: 'paid',
        firstName: facts.firstName,
        ...(form && { thankYouText: form.thankYouText }),
        signatory: signatory(facts),
        receipt,
        ...(receipt.state === 'being_made' && { poll: poll(facts) }),
      };
    }
    case 'pending':
      if (!answered) return { ...page, state: 'unknown', poll: poll(facts) };
      return {
        ...page,
        state: facts.isUnpaid ? 'open' : 'pending',
        poll: poll(facts),
        ...(facts.resumeUrl && { resumeUrl: facts.resumeUrl }),
      };
    default:
      return { ...page, state: donation.state, retryUrl: `${own}/reessayer` };
  }
}

/** What the page's script asks for, in the same words as the page remembers them. */
export function presentProgress({ donation, receipt }: GiftProgress): {
  state: string;
  receipt: string | null;
} {
  return { state: donation.state, receipt: receipt?.state ?? null };
}

function poll(facts: GiftProgress): StatusPoll {
  const { state, receipt } = presentProgress(facts);
  return { url: `/don/${facts.donation.token}/etat`, seen: [state, receipt].filter(Boolean).join(' ') };
}

function presentGift({ donation, association, form, planToken }: GiftStatusFacts): GiftView {
  const suggestion = form?.suggestedAmounts.find(({ cents }) => cents === donation.amount.cents);
  return {
    amount: donation.amount,
    ...(donation.tip.isPositive() && { tip: donation.tip }),
    date: legalDate(donation.paidAt ?? donation.createdAt),
    reference: publicId('donation', donation.id),
    ...(form && { form: { title: form.title, url: `/${association.slug}/${form.slug}` } }),
    ...(suggestion?.label && { impact: suggestion.label }),
    ...(planToken && { planUrl: `/mon-don/${planToken}` }),
  };
}

function presentReceiptState(receipt: DonationReceipt, own: string): ReceiptView {
  const voided = receipt.voided && { voided: receipt.voided };
  switch (receipt.state) {
    case 'ready':
      return { state: 'ready', number: receipt.number, downloadUrl: `${own}/recu.pdf`, ...voided };
    case 'coming':
      return { state: 'being_made', ...voided };
    case 'none':
      return { state: 'none', reason: receipt.reason, ...voided };
  }
}

function signatory({ association }: GiftStatusFacts) {
  const { signatoryName: name, signatoryRole: role } = association;
  return name && role ? { name, role } : undefined;
}
