import type { z } from 'zod';
import { publicId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import type { Form } from './form.entity.js';
import type { formResponse, publicFormResponse } from './forms.dto.js';

export function presentPublicForm(form: Form, offersTip: boolean): z.input<typeof publicFormResponse> {
  return { ...presentOffer(form), offersTip };
}

function presentOffer(form: Form): Omit<z.input<typeof publicFormResponse>, 'offersTip'> {
  const money = (cents: number) => Money.of(cents, form.currency).toJSON();
  return {
    object: 'form',
    slug: form.slug,
    title: form.title,
    description: form.description,
    currency: form.currency,
    suggestedAmounts: form.suggestedAmounts.map(({ cents, label }) => ({
      amount: money(cents),
      ...(label && { label }),
    })),
    allowsFreeAmount: form.allowsFreeAmount,
    minimum: money(form.minimumCents),
    maximum: money(form.maximumCents),
    requiredDonorFields: form.requiredDonorFields,
    frequencies: form.frequencies,
    colour: form.colour,
    goal: form.goalCents === null ? null : money(form.goalCents),
  };
}

export function presentForm(form: Form): z.input<typeof formResponse> {
  return {
    ...presentOffer(form),
    id: publicId('form', form.id),
    status: form.state,
    thankYouText: form.thankYouText,
    platformTip: form.platformTip,
    hasLogo: form.logoFileId !== null,
    createdAt: form.createdAt.toISOString(),
    updatedAt: form.updatedAt.toISOString(),
  };
}
