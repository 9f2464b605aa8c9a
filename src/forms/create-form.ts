import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { newId, publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { LIMITS, assertAmountsFit } from './amount-rules.js';
import type { NewForm } from './form-input.js';
import type { Form, FormFrequency } from './form.entity.js';
import { FormsRepository } from './forms.repository.js';

const DEFAULTS = {
  state: 'draft',
  description: '',
  currency: 'EUR',
  allowsFreeAmount: true,
  minimumCents: LIMITS.lowestMinimumCents,
  maximumCents: LIMITS.highestMaximumCents,
  thankYouText: '',
  colour: '#2f6b4f',
  goalCents: null,
  platformTip: false,
} as const;

const FREQUENCIES_AT_FIRST: FormFrequency[] = ['once', 'monthly'];

@Injectable()
export class CreateForm {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly journal: Journal,
  ) {}

  /** A new form is a draft. @throws DomainError `form_slug_taken`, `validation_failed` */
  run(associationId: string, input: NewForm, actor: string): Promise<Form> {
    return this.uow.inTenant(associationId, async () => {
      const id = newId();
      const form = {
        ...DEFAULTS,
        suggestedAmounts: [],
        requiredDonorFields: [],
        frequencies: FREQUENCIES_AT_FIRST,
        ...input,
      };
      assertAmountsFit(form);
      await this.forms.insert({ ...form, id });
      await this.journal.record({ actor, action: 'form.created', subject: publicId('form', id) });
      return this.forms.get(id);
    });
  }
}
