/** What people read on the checkout page, in its two languages. */
export interface Texts {
  lang: 'fr' | 'en';
  banner: string;
  bannerMore: string;
  title: string;
  payTo: string;
  method: string;
  outcome: string;
  outcomes: { paid: string; failed: string; canceled: string; expired: string; pending: string };
  outcomeHints: { paid: string; failed: string; canceled: string; expired: string; pending: string };
  reason: string;
  reasonHint: string;
  submit: string;
  choose: string;
  settled: string;
  states: Record<'open' | 'pending' | 'authorized' | 'paid' | 'failed' | 'canceled' | 'expired', string>;
  back: string;
  notFoundTitle: string;
  notFound: string;
  changeTitle: string;
  changeIntro: string;
  changes: Record<'refund' | 'chargeback' | 'reverse' | 'pay' | 'fail' | 'done', string>;
  changeSubmit: string;
  changeNothing: string;
}

const fr: Texts = {
  lang: 'fr',
  banner: 'Bac à sable : aucun argent réel ne circule.',
  bannerMore: 'Cette page remplace celle du prestataire de paiement. Choisissez vous-même ce qui arrive.',
  title: 'Paiement d’essai',
  payTo: 'Montant',
  method: 'Moyen de paiement',
  outcome: 'Ce qui arrive au paiement',
  outcomes: {
    paid: 'Payé',
    failed: 'Échoué',
    canceled: 'Annulé par le donateur',
    expired: 'Expiré',
    pending: 'En attente',
  },
  outcomeHints: {
    paid: 'La banque accepte.',
    failed: 'La banque refuse.',
    canceled: 'Le donateur renonce et revient.',
    expired: 'Le délai est passé.',
    pending: 'La banque répondra plus tard, comme pour un virement.',
  },
  reason: 'Motif de l’échec',
  reasonHint: 'Ne compte que pour un échec par carte.',
  submit: 'Continuer avec ce résultat',
  choose: 'Choisissez un moyen de paiement et un résultat.',
  settled: 'Ce paiement est terminé',
  states: {
    open: 'Il attend une décision.',
    pending: 'Il est en attente de la banque.',
    authorized: 'Il est autorisé, pas encore encaissé.',
    paid: 'Il est payé.',
    failed: 'Il a échoué. Rien n’a été débité.',
    canceled: 'Il a été annulé. Rien n’a été débité.',
    expired: 'Il a expiré. Rien n’a été débité.',
  },
  back: 'Revenir au site',
  notFoundTitle: 'Paiement introuvable',
  notFound: 'Cette adresse ne mène à aucun paiement. Revenez au site d’où vous venez et recommencez.',
  changeTitle: 'Après le paiement',
  changeIntro: 'Faites arriver à ce paiement ce qui peut arriver à un vrai.',
  changes: {
    refund: 'Rembourser ce qui reste',
    chargeback: 'Le donateur conteste auprès de sa banque',
    reverse: 'La banque donne raison à l’association',
    pay: 'La banque accepte le prélèvement',
    fail: 'La banque refuse le prélèvement',
    done: 'C’est fait.',
  },
  changeSubmit: 'Appliquer',
  changeNothing: 'Il n’y a plus rien à changer.',
};

const en: Texts = {
  lang: 'en',
  banner: 'Sandbox: no real money moves.',
  bannerMore: 'This page stands in for the payment provider’s. You decide what happens.',
  title: 'Test payment',
  payTo: 'Amount',
  method: 'Payment method',
  outcome: 'What happens to the payment',
  outcomes: {
    paid: 'Paid',
    failed: 'Failed',
    canceled: 'Cancelled by the donor',
    expired: 'Expired',
    pending: 'Pending',
  },
  outcomeHints: {
    paid: 'The bank accepts.',
    failed: 'The bank refuses.',
    canceled: 'The donor changes their mind and goes back.',
    expired: 'Time has run out.',
    pending: 'The bank will answer later, as with a transfer.',
  },
  reason: 'Reason for the failure',
  reasonHint: 'Only matters when a card payment fails.',
  submit: 'Continue with this result',
  choose: 'Choose a payment method and a result.',
  settled: 'This payment is finished',
  states: {
    open: 'It is waiting for a decision.',
    pending: 'It is waiting for the bank.',
    authorized: 'It is authorised, not yet captured.',
    paid: 'It is paid.',
    failed: 'It failed. Nothing was charged.',
    canceled: 'It was cancelled. Nothing was charged.',
    expired: 'It expired. Nothing was charged.',
  },
  back: 'Back to the site',
  notFoundTitle: 'Payment not found',
  notFound: 'This address leads to no payment. Go back to the site you came from and start again.',
  changeTitle: 'After the payment',
  changeIntro: 'Make happen to this payment what can happen to a real one.',
  changes: {
    refund: 'Refund what is left',
    chargeback: 'The donor disputes it with their bank',
    reverse: 'The bank decides for the association',
    pay: 'The bank accepts the charge',
    fail: 'The bank refuses the charge',
    done: 'Done.',
  },
  changeSubmit: 'Apply',
  changeNothing: 'There is nothing left to change.',
};

/** French, unless the payment's locale is of another language: then English, which more people read. */
export function textsFor(locale: string | null): Texts {
  return locale === null || locale.startsWith('fr_') ? fr : en;
}
