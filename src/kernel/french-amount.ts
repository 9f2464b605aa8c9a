import { toCurrency } from 'n2words/fr-FR';
import { DomainError } from './domain-error.js';
import type { Money } from './money.js';

/**
 * « mille deux cent trente-quatre euros et cinquante-six centimes »: the amount of a receipt in letters,
 * in the traditional spelling (hyphens below one hundred only).
 *
 * @throws DomainError `amount_not_in_letters` for a negative amount or another currency than the euro
 */
export function amountInLetters(money: Money): string {
  if (money.currency !== 'EUR' || money.cents < 0) {
    throw new DomainError(
      'invalid',
      'amount_not_in_letters',
      'Only euro amounts from zero upwards are written in letters.',
    );
  }
  // "million" and "milliard" are nouns: bare, they call for « d'euros ». The library does not know it.
  return toCurrency(money.toDecimal()).replace(
    /(millions?|milliards?|billions?|billiards?) euro/,
    "$1 d'euro",
  );
}
