import { invalidField } from '../../kernel/domain-error.js';
import type { LegalDate } from '../../kernel/clock.js';

/** The tax office may look back until the end of the third year after the gift (LPF art. L169): as far back a gift may be entered. */
const YEARS_BACK = 3;

/** @throws DomainError `validation_failed` at /receivedOn: `in_the_future`, `too_long_ago` */
export function assertReceivedOn(day: LegalDate, today: LegalDate): void {
  assertNotLater('/receivedOn', day, today);
  const earliest = `${Number(today.slice(0, 4)) - YEARS_BACK}-01-01`;
  if (day < earliest)
    throw invalidField('/receivedOn', 'too_long_ago', `A gift is entered from ${earliest} on.`);
}

/** @throws DomainError `validation_failed` at /depositedOn: `in_the_future`, `before_received` */
export function assertDepositedOn(day: LegalDate, today: LegalDate, received: readonly LegalDate[]): void {
  assertNotLater('/depositedOn', day, today);
  if (received.some((receivedOn) => day < receivedOn))
    throw invalidField('/depositedOn', 'before_received', 'One of these gifts was received after that day.');
}

function assertNotLater(pointer: string, day: LegalDate, today: LegalDate): void {
  if (day > today) throw invalidField(pointer, 'in_the_future', `In Paris it is ${today}.`);
}
