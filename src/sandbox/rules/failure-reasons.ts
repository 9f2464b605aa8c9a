import type { MoneyJson } from '../../kernel/money.js';

/** Why a card payment fails, with the test amount in euros that makes it fail so (docs.mollie.com, "Testing"). */
export const FAILURE_REASONS = [
  { code: 'insufficient_funds', euros: 1007, fr: 'Provision insuffisante', en: 'Insufficient funds' },
  { code: 'refused_by_issuer', euros: 1006, fr: 'Refus de la banque', en: 'Refused by the bank' },
  { code: 'card_declined', euros: 1011, fr: 'Carte refusée', en: 'Card declined' },
  { code: 'authentication_failed', euros: 1010, fr: 'Authentification échouée', en: 'Authentication failed' },
  { code: 'card_expired', euros: 1004, fr: 'Carte expirée', en: 'Card expired' },
  { code: 'invalid_card_number', euros: 1001, fr: 'Numéro de carte faux', en: 'Invalid card number' },
  { code: 'invalid_cvv', euros: 1002, fr: 'Cryptogramme faux', en: 'Invalid security code' },
  {
    code: 'invalid_card_holder_name',
    euros: 1003,
    fr: 'Nom du porteur faux',
    en: 'Invalid card holder name',
  },
  { code: 'invalid_card_type', euros: 1005, fr: 'Type de carte refusé', en: 'Card type not accepted' },
  { code: 'inactive_card', euros: 1008, fr: 'Carte inactive', en: 'Inactive card' },
  { code: 'possible_fraud', euros: 1009, fr: 'Fraude soupçonnée', en: 'Possible fraud' },
] as const;

export function isFailureReason(code: string): boolean {
  return FAILURE_REASONS.some((reason) => reason.code === code);
}

/** The reason that a magic amount asks for, or null for an ordinary amount. */
export function magicFailureReason(amount: MoneyJson): string | null {
  return FAILURE_REASONS.find((reason) => reason.euros * 100 === amount.cents)?.code ?? null;
}
