import { Injectable } from '@nestjs/common';
import { MakeDonation, makeDonationRequest } from '../donations/index.js';
import { FormQueries } from '../forms/index.js';
import { DomainError, type FieldError } from '../kernel/domain-error.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { parseInput } from '../platform/http/zod-body.js';
import type { GiftPageInput } from './gift-form.view.js';
import { parseGiftForm, type ParsedGiftForm } from './parse-gift-form.js';

export type SubmitOutcome =
  | { kind: 'made'; location: string }
  | {
      kind: 'faulty';
      page: Pick<GiftPageInput, 'typed' | 'errors' | 'requestKey'>;
      locale: string | undefined;
    };

/** The HTML form goes through the very same validation and use case as the API. */
@Injectable()
export class SubmitGift {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormQueries,
    private readonly makeDonation: MakeDonation,
  ) {}

  async run(associationId: string, formSlug: string, body: Record<string, unknown>): Promise<SubmitOutcome> {
    const form = await this.uow.inTenant(associationId, () => this.forms.getPublished(formSlug));
    const gift = parseGiftForm(body, { addressRequired: form.requiredDonorFields.includes('address') });
    try {
      const input = parseInput(makeDonationRequest, gift.input);
      if (gift.errors.length > 0)
        throw new DomainError('invalid', 'validation_failed', 'The form has faults.');
      const made = await this.makeDonation.run(associationId, formSlug, input, gift.requestKey || undefined);
      return { kind: 'made', location: made.checkoutUrl ?? `/don/${made.donation.token}` };
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'invalid') throw error;
      return faulty(gift, error.errors);
    }
  }
}

/** Faults of the form itself outrank the API's for the same field. */
function faulty(gift: ParsedGiftForm, apiErrors: FieldError[]): SubmitOutcome {
  const { typed, requestKey, input } = gift;
  return {
    kind: 'faulty',
    page: { typed, requestKey, errors: [...gift.errors, ...apiErrors] },
    locale: input.locale,
  };
}
