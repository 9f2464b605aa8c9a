import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MakeDonation, makeDonationRequest } from '../donations/index.js';
import { FormQueries } from '../forms/index.js';
import { DomainError } from '../kernel/domain-error.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { parseInput } from '../platform/http/zod-body.js';
import { logger } from '../platform/logging/logger.js';
import type { GiftPageInput } from './gift-form.view.js';
import { parseGiftForm, type ParsedGiftForm } from './parse-gift-form.js';

/** The form once more, with all that was typed. */
type GiftPageAgain = Pick<GiftPageInput, 'typed' | 'errors' | 'notice' | 'requestKey'>;

export type SubmitOutcome =
  | { kind: 'made'; location: string }
  | { kind: 'again'; status: 422 | 503; page: GiftPageAgain; locale: string | undefined };

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
      const made = await this.makeDonation.run(associationId, formSlug, input, intention(gift));
      return { kind: 'made', location: made.checkoutUrl ?? `/don/${made.donation.token}` };
    } catch (error) {
      const again = error instanceof DomainError ? whatToMend(gift, error) : undefined;
      if (!again) throw error;
      return again;
    }
  }
}

/**
 * The page's key and what was written on the page: the same form sent twice is one gift, and a form that was
 * changed in between, on the way back from the checkout, is another.
 */
function intention({ requestKey, input }: ParsedGiftForm): string | undefined {
  if (requestKey === '') return undefined;
  return createHash('sha256')
    .update(`${requestKey} ${JSON.stringify(input)}`)
    .digest('hex');
}

/** Undefined when the donor could not mend it. */
function whatToMend(gift: ParsedGiftForm, error: DomainError): SubmitOutcome | undefined {
  const { typed, requestKey, input } = gift;
  const again = { kind: 'again' as const, locale: input.locale };
  if (error.kind === 'invalid') {
    // Faults of the form itself outrank the API's for the same field.
    return { ...again, status: 422, page: { typed, requestKey, errors: [...gift.errors, ...error.errors] } };
  }
  if (error.code === 'payment_provider_unavailable') {
    logger.warn({ err: error }, 'the provider did not answer: the donor was asked to send the form again');
    return { ...again, status: 503, page: { typed, requestKey, notice: 'provider_silent' } };
  }
  return undefined;
}
