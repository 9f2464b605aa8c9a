import { DomainError, invalidField, type FieldError } from '../kernel/domain-error.js';
import type { Money } from '../kernel/money.js';
import type { Form } from './form.entity.js';

/** Limits of every form, in cents. The highest is what cards take (docs.mollie.com: card payments, 10,000 €). */
export const LIMITS = {
  lowestMinimumCents: 100,
  highestMaximumCents: 1_000_000,
  suggestedAmounts: 8,
} as const;

type AmountRules = Pick<
  Form,
  'minimumCents' | 'maximumCents' | 'suggestedAmounts' | 'allowsFreeAmount' | 'currency' | 'goalCents'
>;

/** @throws DomainError `validation_failed` at /amount: what this form does not take */
export function assertAmountAccepted(form: AmountRules, amount: Money): void {
  if (amount.currency !== form.currency) {
    throw invalidField('/amount/currency', 'currency_not_accepted', `This form takes ${form.currency}.`);
  }
  if (amount.cents < form.minimumCents) {
    throw invalidField(
      '/amount/cents',
      'below_minimum',
      `The smallest gift through this form is ${form.minimumCents} cents.`,
    );
  }
  if (amount.cents > form.maximumCents) {
    throw invalidField(
      '/amount/cents',
      'above_maximum',
      `The largest gift through this form is ${form.maximumCents} cents.`,
    );
  }
  if (!form.allowsFreeAmount && !form.suggestedAmounts.some(({ cents }) => cents === amount.cents)) {
    throw invalidField('/amount/cents', 'amount_not_offered', 'This form takes its suggested amounts only.');
  }
}

/** What is wrong with a form's amounts among themselves. */
export function amountFaults(form: AmountRules): FieldError[] {
  const faults: FieldError[] = [];
  if (form.maximumCents < form.minimumCents) {
    faults.push({
      pointer: '/maximum/cents',
      code: 'below_minimum',
      detail: 'The maximum is below the minimum.',
    });
  }
  const seen = new Set<number>();
  form.suggestedAmounts.forEach(({ cents }, i) => {
    const pointer = `/suggestedAmounts/${i}/amount/cents`;
    if (seen.has(cents))
      faults.push({ pointer, code: 'duplicate', detail: 'This amount is suggested twice.' });
    seen.add(cents);
    if (cents < form.minimumCents || cents > form.maximumCents) {
      faults.push({
        pointer,
        code: 'outside_bounds',
        detail: 'A suggested amount lies between minimum and maximum.',
      });
    }
  });
  return faults;
}

/** @throws DomainError `validation_failed` */
export function assertAmountsFit(form: AmountRules): void {
  const errors = amountFaults(form);
  if (errors.length > 0)
    throw new DomainError('invalid', 'validation_failed', 'The amounts do not fit together.', { errors });
}

/** @throws DomainError `form_not_ready`: a visitor could give nothing */
export function assertPublishable(form: AmountRules): void {
  if (form.suggestedAmounts.length > 0 || form.allowsFreeAmount) return;
  const detail = 'A published form suggests amounts, or takes a free one.';
  throw new DomainError('conflict', 'form_not_ready', detail, {
    errors: [{ pointer: '/suggestedAmounts', code: 'required', detail }],
  });
}
