import { Money } from '../../kernel/money.js';
import { FAILURE_REASONS, magicFailureReason } from '../rules/failure-reasons.js';
import { offeredMethods } from '../rules/methods.js';
import { paymentLife, type PaymentStatus } from '../rules/payment-life.js';
import type { PaymentRecord } from '../state/records.js';
import { Html, markup } from './markup.js';
import { choice, pageShell, paymentHeader } from './page-shell.js';
import type { Texts } from './texts.js';

export const OUTCOMES = ['paid', 'failed', 'canceled', 'expired', 'pending'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The page that stands in for the provider's: choose a method, choose what happens. */
export function checkoutPage(texts: Texts, payment: PaymentRecord, refusal: 'incomplete' | null): string {
  const methods = offeredMethods(payment);
  const chosen = payment.method ?? methods[0]?.id;
  const body = markup`${paymentHeader(texts, texts.title, payment)}
    ${refusal ? markup`<p class="error" role="alert">${texts.choose}</p>` : ''}
    ${payment.status === 'open' ? '' : markup`<p class="state">${texts.states[payment.status]}</p>`}
    <form method="post">
      <fieldset>
        <legend>${texts.method}</legend>
        <div class="tiles">
          ${methods.map((method) =>
            choice({
              name: 'method',
              value: method.id,
              label: method.names[texts.lang],
              checked: method.id === chosen,
            }),
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>${texts.outcome}</legend>
        <div class="rows">
          ${OUTCOMES.filter((one) => paymentLife.canMove(payment.status, one)).map((outcome) => outcomeRow(texts, payment, outcome))}
        </div>
      </fieldset>
      <button type="submit">${texts.submit}</button>
    </form>`;
  return pageShell(texts, `${texts.title} — ${Money.fromJson(payment.amount).format(texts.lang)}`, body);
}

function outcomeRow(texts: Texts, payment: PaymentRecord, outcome: Outcome): Html {
  const row = choice({
    name: 'outcome',
    value: outcome,
    label: texts.outcomes[outcome],
    hint: texts.outcomeHints[outcome],
    checked: outcome === 'paid',
  });
  return outcome === 'failed' ? markup`${row}${reasonPicker(texts, payment)}` : row;
}

/** Shown by the style sheet once "failed" is chosen; always there for browsers that cannot do that. */
function reasonPicker(texts: Texts, payment: PaymentRecord): Html {
  const preset = magicFailureReason(payment.amount) ?? FAILURE_REASONS[0].code;
  return markup`<div class="reason">
    <label class="label" for="reason">${texts.reason}</label>
    <select id="reason" name="reason" aria-describedby="reason-hint">
      ${FAILURE_REASONS.map(
        (reason) =>
          markup`<option value="${reason.code}" ${reason.code === preset ? new Html(' selected') : ''}>
            ${reason[texts.lang]}
          </option>`,
      )}
    </select>
    <p id="reason-hint">${texts.reasonHint}</p>
  </div>`;
}

/** Nothing is left to decide: say so, and lead back. */
export function settledPage(texts: Texts, payment: PaymentRecord): string {
  const back = returnUrl(payment);
  const body = markup`${paymentHeader(texts, texts.settled, payment)}
    <p class="state">${texts.states[payment.status]}</p>
    ${back === null ? '' : markup`<p><a class="button" href="${back}">${texts.back}</a></p>`}`;
  return pageShell(texts, texts.settled, body);
}

export function unknownPage(texts: Texts): string {
  return pageShell(
    texts,
    texts.notFoundTitle,
    markup`<h1>${texts.notFoundTitle}</h1>
      <p>${texts.notFound}</p>`,
  );
}

/** cancelUrl is only for those who cancelled; nothing is appended, as at Mollie. Null: nobody was sent here. */
export function returnUrl(payment: PaymentRecord): string | null {
  const canceled: PaymentStatus = 'canceled';
  return payment.status === canceled ? (payment.cancelUrl ?? payment.redirectUrl) : payment.redirectUrl;
}
