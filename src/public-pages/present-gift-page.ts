import { Money } from '../kernel/money.js';
import type { Translator } from '../platform/templates/translations.js';
import { countryOptions } from './countries.js';
import { wordGiftErrors, type GiftErrors, type GiftField } from './gift-errors.js';
import type {
  AmountTileView,
  FreeAmountView,
  GiftFormView,
  GiftPageInput,
  GiftPageView,
  TextFieldView,
} from './gift-form.view.js';
import { OTHER_AMOUNT, parseGiftForm, type TypedGift } from './parse-gift-form.js';
import { presentTip, tipAnchor } from './present-tip.js';
import { paragraphs } from '../platform/templates/paragraphs.js';

/** A longer first paragraph would push the amounts off a small screen; it moves below the fold with the others. */
const LEDE_LENGTH = 150;

/** Filled in by the script: `{amount}` is what was chosen, `{after}` what it costs after tax. */
const SCRIPT_VALUES = { amount: '{amount}', after: '{after}' };

export function presentGiftPage(input: GiftPageInput, translator: Translator): GiftPageView {
  const { association, form } = input;
  const { t, format } = translator;
  const typed = input.typed ?? parseGiftForm({}).typed;
  const bounds = { min: format.money(form.minimum), max: format.money(form.maximum) };
  const errors = wordGiftErrors(input.errors ?? [], translator, bounds);
  const [first = '', ...others] = paragraphs(form.description);
  const fits = first.length <= LEDE_LENGTH;
  const field = fieldMaker(typed, errors, translator);
  const amounts = presentAmounts(form, typed, errors, translator);
  const often = presentOften(form, typed, translator);
  return {
    association,
    title: form.title,
    lede: fits && first !== '' ? first : undefined,
    about: fits ? others : [first, ...others],
    goal: form.goal && presentGoal(form.goal, translator),
    action: input.action,
    requestKey: input.requestKey,
    often,
    amounts,
    tax: presentTax(input, typed, translator),
    submitTemplate: often.choices.find(({ checked }) => checked)!.submitTemplate,
    payTemplate: t('gift.payTotal', SCRIPT_VALUES),
    fields: {
      firstName: field('firstName', 'given-name'),
      lastName: field('lastName', 'family-name'),
      email: { ...field('email', 'email', { hint: t('gift.emailHint') }), type: 'email' },
    },
    receipt: { offered: association.isEligible, wanted: typed.wantsReceipt },
    address: presentAddress(input, typed, errors, translator),
    words: presentWords(form, typed, errors, translator),
    tip: form.offersTip ? presentTip(typed, errors.byField.tip, translator) : undefined,
    notice: input.notice && { title: t('gift.noticeTitle'), text: t('gift.noticeProviderSilent') },
    errors: errors.summary.map(({ field: name, text }) => ({
      href: name === 'tip' ? tipAnchor(form, typed) : anchor(name, amounts),
      text,
    })),
  };
}

/** The order of the choices is that of the calendar, whatever the form's settings say. */
function presentOften(form: GiftFormView, typed: TypedGift, { t }: Translator): GiftPageView['often'] {
  const offered = (['once', 'monthly', 'quarterly', 'yearly'] as const).filter((often) =>
    form.frequencies.includes(often),
  );
  const chosen = offered.find((often) => often === typed.frequency) ?? offered[0];
  return {
    choices: offered.map((value) => ({
      id: `often-${value}`,
      value,
      label: t(`gift.often.${value}`),
      submitTemplate: t(`gift.submitOften.${value}`, SCRIPT_VALUES),
      checked: value === chosen,
    })),
    comesAgain: offered.some((often) => often !== 'once'),
  };
}

function presentAmounts(
  form: GiftFormView,
  typed: TypedGift,
  errors: GiftErrors,
  { t, format }: Translator,
): GiftPageView['amounts'] {
  const tiles = form.suggestedAmounts.map(({ amount, label }, i): AmountTileView => ({
    id: `amount-${i}`,
    value: String(amount.cents),
    figure: format.money(amount),
    impact: label,
    checked: typed.amount === String(amount.cents),
  }));
  const error = errors.byField.amount;
  const free: FreeAmountView | undefined = form.allowsFreeAmount
    ? {
        checked: isFree(typed) || tiles.length === 0,
        value: typed.otherAmount,
        bounds: t('gift.bounds', { min: format.money(form.minimum), max: format.money(form.maximum) }),
        faulty: error !== undefined && (isFree(typed) || typed.otherAmount !== '' || tiles.length === 0),
      }
    : undefined;
  const places = tiles.length + (free ? 1 : 0);
  return {
    tiles,
    free,
    columns: places % 3 === 0 ? 3 : 2,
    error,
    describedBy: error ? 'amount-error' : undefined,
  };
}

/** Without script nobody ticks « Autre montant » for who writes one. */
function isFree(typed: TypedGift): boolean {
  return typed.amount === OTHER_AMOUNT || (typed.amount === '' && typed.otherAmount !== '');
}

function presentGoal(
  { target, collected }: { target: Money; collected: Money },
  { t, format }: Translator,
): GiftPageView['goal'] {
  const share = Number(collected.toDecimal()) / Math.max(Number(target.toDecimal()), 0.01);
  const percent = Math.floor(share * 100);
  return {
    collected: format.money(collected),
    target: format.money(target),
    percent: Math.min(percent, 100),
    percentText:
      percent === 0 && !collected.isZero()
        ? t('gift.goalBegun')
        : t('gift.goalPercent', { percent: format.number(percent) }),
  };
}

/** Before anything is chosen the sentence takes the first suggestion as its example. */
function presentTax(input: GiftPageInput, typed: TypedGift, { t, format }: Translator): GiftPageView['tax'] {
  if (!input.taxReduction || !input.association.isEligible) return undefined;
  const { ratePercent, article } = input.taxReduction;
  const fixed = { rate: format.number(ratePercent), article };
  const offers = input.form.suggestedAmounts.filter((offer) => offer.afterTax !== undefined);
  const chosen = offers.find((offer) => String(offer.amount.cents) === typed.amount);
  const shown = chosen ?? offers[0];
  return {
    sentence: shown?.afterTax
      ? t(chosen ? 'gift.taxChosen' : 'gift.taxExample', {
          ...fixed,
          amount: format.money(shown.amount),
          after: format.money(shown.afterTax),
        })
      : t('gift.taxGeneral', fixed),
    template: t('gift.taxChosen', { ...fixed, ...SCRIPT_VALUES }),
    ratePercent,
  };
}

function presentAddress(
  { association, form }: GiftPageInput,
  typed: TypedGift,
  errors: GiftErrors,
  translator: Translator,
): GiftPageView['address'] {
  const always = form.requiredFields.includes('address');
  if (!always && !association.isEligible) return undefined;
  const { t, format } = translator;
  const field = fieldMaker(typed, errors, translator);
  return {
    always,
    legend: t('gift.addressLegend'),
    hint: always ? t('gift.addressAlwaysHint') : t('gift.addressHint'),
    hintUnlessFolded: always ? undefined : t('gift.addressHintUnlessFolded'),
    line1: field('line1', 'address-line1'),
    line2: field('line2', 'address-line2', { optional: true }),
    postalCode: field('postalCode', 'postal-code'),
    city: field('city', 'address-level2'),
    country: { options: countryOptions(format, typed.country), error: errors.byField.country },
  };
}

function presentWords(
  form: GiftFormView,
  typed: TypedGift,
  errors: GiftErrors,
  translator: Translator,
): GiftPageView['words'] {
  const isAsked = (name: 'message' | 'displayName') => form.requiredFields.includes(name);
  const isUsed = (name: 'message' | 'displayName') =>
    typed[name] !== '' || errors.byField[name] !== undefined;
  return {
    open: (['message', 'displayName'] as const).some((name) => isAsked(name) || isUsed(name)),
    message: { value: typed.message, optional: !isAsked('message'), error: errors.byField.message },
    displayName: fieldMaker(typed, errors, translator)('displayName', 'off', {
      optional: !isAsked('displayName'),
      hint: translator.t('gift.displayNameHint'),
    }),
  };
}

type TextFieldName = Exclude<GiftField, 'amount' | 'country' | 'message' | 'tip'>;

function fieldMaker(typed: TypedGift, errors: GiftErrors, { t }: Translator) {
  return (
    id: TextFieldName,
    autocomplete: string,
    { optional = false, hint }: { optional?: boolean; hint?: string } = {},
  ): TextFieldView => {
    const error = errors.byField[id];
    const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
    return {
      id,
      label: t(`gift.fields.${id}`),
      value: typed[id],
      type: 'text',
      autocomplete,
      optional,
      hint,
      error,
      describedBy: describedBy || undefined,
    };
  };
}

/** The element that a line of the summary leads to. */
function anchor(field: GiftField | undefined, amounts: GiftPageView['amounts']): string {
  if (!field) return '#gift';
  if (field !== 'amount') return `#${field}`;
  return amounts.free?.faulty ? '#otherAmount' : `#${amounts.tiles[0]?.id ?? 'otherAmount'}`;
}
