import type { LegalDate } from '../../kernel/clock.js';
import { daysFrom } from './due-dates.js';

/**
 * What a charge without the donor failed on. `soft`: it may go through later. `hard`: this mandate will not pay again.
 * `ours`: neither the donor nor their bank has anything to do with it.
 */
export type FailureKind = 'soft' | 'hard' | 'ours';

/**
 * Card codes: docs.mollie.com, "Failure reasons" of card payments. SEPA codes: ISO 20022 external status reasons, in
 * French the « codes motif de rejet » of the CFONB. Codes of HTTP refusals: mollie-failure.ts.
 */
const KINDS: Readonly<Record<string, FailureKind>> = {
  // Cards.
  insufficient_funds: 'soft',
  refused_by_issuer: 'soft',
  card_declined: 'soft',
  unknown_reason: 'soft',
  authentication_abandoned: 'soft',
  authentication_failed: 'soft',
  authentication_required: 'soft',
  authentication_unavailable_acs: 'soft',
  card_expired: 'hard',
  inactive_card: 'hard',
  possible_fraud: 'hard',
  invalid_card_number: 'hard',
  invalid_card_holder_name: 'hard',
  invalid_card_type: 'hard',
  invalid_cvv: 'hard',
  // SEPA direct debit.
  AM04: 'soft',
  MS03: 'soft',
  AC01: 'hard',
  AC04: 'hard',
  AC06: 'hard',
  AC13: 'hard',
  AG01: 'hard',
  AG02: 'hard',
  MD01: 'hard',
  MD06: 'hard',
  MD07: 'hard',
  MS02: 'hard',
  SL01: 'hard',
  // The provider did not even try: the mandate is gone.
  gone: 'hard',
  mandate_missing: 'hard',
  // The association's account there, or our request.
  payment_account_missing: 'ours',
  payment_account_disconnected: 'ours',
  invalid_request: 'ours',
  unauthorized: 'ours',
  forbidden: 'ours',
  not_found: 'ours',
  bad_request: 'ours',
  unprocessable: 'ours',
  never_reached_provider: 'ours',
};

/** An unknown code is soft: trying again does no harm, ending a plan for a riddle would. */
export function failureKind(reason: string | null): FailureKind {
  return reason !== null && Object.hasOwn(KINDS, reason) ? KINDS[reason]! : 'soft';
}

/** SEPA MD07: the account holder has died. Nobody is written to. */
export function forbidsMail(reason: string | null): boolean {
  return reason === 'MD07';
}

/** Days after the first refusal on which a soft failure is tried again. */
export const RETRY_DAYS = [3, 7, 14] as const;

/** For what is not the donor's affair: tried daily, until the last day of a soft failure. */
export const OURS_LAST_DAY = 14;

/**
 * When a failed charge is tried again: counted from the first refusal, so that a treasurer's try in between changes
 * nothing. Null: not again.
 */
export function nextAttemptOn(
  kind: FailureKind,
  firstFailedOn: LegalDate,
  today: LegalDate,
): LegalDate | null {
  if (kind === 'hard') return null;
  if (kind === 'ours') return today < daysFrom(firstFailedOn, OURS_LAST_DAY) ? daysFrom(today, 1) : null;
  return RETRY_DAYS.map((days) => daysFrom(firstFailedOn, days)).find((day) => day > today) ?? null;
}
