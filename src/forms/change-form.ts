import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { assertAmountsFit, assertPublishable } from './amount-rules.js';
import type { FormChanges } from './form-input.js';
import type { Form } from './form.entity.js';
import { assertNotArchived, slugFixed } from './forms.errors.js';
import { FormsRepository } from './forms.repository.js';

@Injectable()
export class ChangeForm {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly journal: Journal,
  ) {}

  /**
   * What is said once more is no change.
   * @throws DomainError `form_not_found`, `form_archived`, `form_slug_taken`, `slug_fixed_once_published`,
   *   `validation_failed`, `form_not_ready`
   */
  run(associationId: string, id: string, wanted: FormChanges, actor: string): Promise<Form> {
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getForUpdate(id);
      assertNotArchived(form);
      const changes = whatDiffers(form, wanted);
      const fields = Object.keys(changes);
      if (fields.length === 0) return form;
      const changed = { ...form, ...changes };
      assertAmountsFit(changed);
      if (form.state === 'published') assertPublishable(changed);
      if (changes.slug !== undefined && (await this.forms.wasPublished(id))) throw slugFixed();
      await this.forms.update(id, changes);
      await this.journal.record({
        actor,
        action: 'form.changed',
        subject: publicId('form', id),
        details: { fields },
      });
      return this.forms.get(id);
    });
  }
}

function whatDiffers(form: Form, wanted: FormChanges): FormChanges {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) => value !== undefined && !isDeepStrictEqual(value, form[field as keyof Form]),
    ),
  );
}
