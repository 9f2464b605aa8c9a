import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { assertAmountsFit, assertPublishable } from './amount-rules.js';
import type { FormChanges } from './form-input.js';
import type { Form } from './form.entity.js';
import { FormsRepository } from './forms.repository.js';

@Injectable()
export class ChangeForm {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly journal: Journal,
  ) {}

  /** @throws DomainError `form_not_found`, `form_slug_taken`, `validation_failed`, `form_not_ready` */
  run(associationId: string, id: string, changes: FormChanges, actor: string): Promise<Form> {
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getForUpdate(id);
      const fields = Object.keys(changes);
      if (fields.length === 0) return form;
      const changed = { ...form, ...changes };
      assertAmountsFit(changed);
      if (form.state === 'published') assertPublishable(changed);
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
