/** Why a bank refuses a direct debit: the ISO 20022 codes that French banks use most. */
const REASONS: Record<string, string> = {
  AC01: 'Account identifier incorrect',
  AC04: 'Account closed',
  AC06: 'Account blocked',
  AG01: 'Direct debit forbidden on this account',
  AM04: 'Insufficient funds',
  MD01: 'No valid mandate',
  MD06: 'Disputed authorized transaction',
  MD07: 'Debtor deceased',
  MS02: 'Refused by the debtor',
  MS03: 'Reason not specified',
};

/** A card's reason, in a bank's code. */
const OF_CARD_REASON: Record<string, string> = {
  insufficient_funds: 'AM04',
  card_expired: 'AC04',
  inactive_card: 'AC06',
  refused_by_issuer: 'MS02',
  card_declined: 'MS02',
};

/** A code as a bank tells it, whatever way the reason was given. */
export function bankReasonCode(reason: string | null): string {
  if (reason !== null && Object.hasOwn(REASONS, reason)) return reason;
  return OF_CARD_REASON[reason ?? ''] ?? 'MS03';
}

export function bankReason(code: string): string {
  return REASONS[code] ?? 'Reason not specified';
}
