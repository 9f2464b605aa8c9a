import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { newId, publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { assertPublishable } from './amount-rules.js';
import type { Form } from './form.entity.js';
import { formMachine, type FormState } from './form.state.js';
import { FormsRepository } from './forms.repository.js';

/** The only place where a form changes its state: publish, unpublish, archive. */
@Injectable()
export class MoveForm {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly journal: Journal,
  ) {}

  /** The second time it does nothing. @throws DomainError `form_not_found`, `form_not_ready`, `form_transition_refused` */
  run(associationId: string, id: string, to: FormState, actor: string): Promise<Form> {
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getForUpdate(id);
      const from = form.state;
      if (from === to) return form;
      formMachine.assertMove(from, to);
      if (to === 'published') assertPublishable(form);
      await this.forms.update(id, { state: to });
      await this.uow.execute(
        `INSERT INTO form_events (association_id, id, form_id, from_state, to_state) VALUES ($1, $2, $3, $4, $5)`,
        [associationId, newId(), id, from, to],
      );
      await this.journal.record({
        actor,
        action: 'form.moved',
        subject: publicId('form', id),
        details: { from, to },
      });
      return this.forms.get(id);
    });
  }
}
