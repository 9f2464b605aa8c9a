import { legalDate, type LegalDate } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import type { DonationReceipt } from '../receipts/index.js';
import { toAssociationView } from './association-view.js';
import type { GiftStatusFacts } from './gift-status.reader.js';
import type { GiftStatusView } from './gift-status.view.js';
import type { ReceiptView } from './public-page.view.js';

export function presentGiftStatus(facts: GiftStatusFacts, today: LegalDate): GiftStatusView {
  const { donation, association, form } = facts;
  const page = {
    association: toAssociationView(association, today, form),
    gift: {
      amount: donation.amount,
      date: legalDate(donation.paidAt ?? donation.createdAt),
      reference: publicId('donation', donation.id),
      formTitle: form.title,
      formUrl: `/${association.slug}/${form.slug}`,
    },
  };
  const own = `/don/${donation.token}`;
  switch (donation.state) {
    case 'paid':
      return {
        ...page,
        state: 'paid',
        thankYouText: form.thankYouText,
        signatory: signatory(facts),
        receipt: presentReceiptState(facts.receipt ?? { state: 'coming' }, own),
      };
    case 'pending':
      return {
        ...page,
        state: 'pending',
        statusUrl: `${own}/etat`,
        ...(facts.resumeUrl && { resumeUrl: facts.resumeUrl }),
      };
    default:
      return { ...page, state: donation.state, retryUrl: `${own}/reessayer` };
  }
}

function presentReceiptState(receipt: DonationReceipt, own: string): ReceiptView {
  switch (receipt.state) {
    case 'ready':
      return { state: 'ready', number: receipt.number, downloadUrl: `${own}/recu.pdf` };
    case 'coming':
      return { state: 'being_made' };
    case 'none':
      return receipt;
  }
}

function signatory({ association }: GiftStatusFacts) {
  const { signatoryName: name, signatoryRole: role } = association;
  return name && role ? { name, role } : undefined;
}
