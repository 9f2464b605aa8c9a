import { paymentFigures } from '../rules/payment-figures.js';
import type { PaymentRecord } from '../state/records.js';
import { markup } from './markup.js';
import { choice, pageShell, paymentHeader } from './page-shell.js';
import type { Texts } from './texts.js';

export type Change = 'refund' | 'chargeback' | 'reverse' | 'pay' | 'fail';

/** What can still happen to a paid payment, or to a charge that waits for the bank. */
export function possibleChanges(payment: PaymentRecord): Change[] {
  if (payment.sequenceType === 'recurring' && payment.status === 'pending') return ['pay', 'fail'];
  if (payment.status !== 'paid') return [];
  const figures = paymentFigures(payment);
  const changes: Change[] = [];
  if (figures.remaining.isPositive()) changes.push('refund');
  if (figures.amount.compare(figures.chargedBack) > 0) changes.push('chargeback');
  if (figures.chargedBack.isPositive()) changes.push('reverse');
  return changes;
}

/** Where `_links.changePaymentState` leads: the donor's bank and the dashboard, played by you. */
export function changeStatePage(texts: Texts, payment: PaymentRecord, done: boolean): string {
  const changes = possibleChanges(payment);
  const form = markup`<form method="post">
    <fieldset>
      <legend>${texts.changeIntro}</legend>
      <div class="rows">
        ${changes.map((change, i) =>
          choice({ name: 'change', value: change, label: texts.changes[change], checked: i === 0 }),
        )}
      </div>
    </fieldset>
    <button type="submit">${texts.changeSubmit}</button>
  </form>`;
  const body = markup`${paymentHeader(texts, texts.changeTitle, payment)}
  ${done ? markup`<p class="state" role="status">${texts.changes.done}</p>` : ''}
  ${changes.length > 0 ? form : markup`<p>${texts.changeNothing}</p>`}`;
  return pageShell(texts, texts.changeTitle, body);
}
