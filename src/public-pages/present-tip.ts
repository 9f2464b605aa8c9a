import { Money } from '../kernel/money.js';
import type { Translator } from '../platform/templates/translations.js';
import type { GiftFormView, TipView } from './gift-form.view.js';
import { OTHER_AMOUNT, parseGiftForm, type TypedGift } from './parse-gift-form.js';

/** In cents. Nothing is the first, and the one that is ticked until the donor ticks another. */
const CHOICES = [0, 100, 200, 500];

export function presentTip(
  typed: TypedGift,
  error: string | undefined,
  { format }: Pick<Translator, 'format'>,
): TipView {
  const isOther = isWritten(typed);
  const chosen = typed.tip === '' || typed.tip === OTHER_AMOUNT ? '0' : typed.tip;
  return {
    open: error !== undefined || isOther || chosen !== '0',
    choices: CHOICES.map((cents) => ({
      id: `tip-${cents}`,
      value: String(cents),
      figure: format.money(Money.of(cents)),
      checked: !isOther && chosen === String(cents),
    })),
    other: { checked: isOther, value: typed.otherTip, faulty: error !== undefined && typed.otherTip !== '' },
    error,
    describedBy: error ? 'tip-error' : undefined,
    recap: recap(typed, format),
  };
}

export function tipAnchor({ offersTip }: GiftFormView, typed: TypedGift): string {
  if (!offersTip) return '#gift';
  return isWritten(typed) ? '#otherTip' : '#tip-0';
}

/** Without script nobody ticks « Autre » for who writes one. */
function isWritten({ tip, otherTip }: TypedGift): boolean {
  return tip === OTHER_AMOUNT || (tip === '' && otherTip !== '');
}

/** On a page that comes back: what was asked for, as it would be charged. */
function recap(typed: TypedGift, format: Translator['format']): TipView['recap'] {
  const { input, errors } = parseGiftForm({ ...typed });
  if (!input.amount || errors.length > 0) return undefined;
  const gift = Money.fromJson(input.amount);
  const tip = input.tip ? Money.fromJson(input.tip) : Money.zero(gift.currency);
  return { gift: format.money(gift), tip: format.money(tip), total: format.money(gift.plus(tip)) };
}
