import { Inject, Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import type { Clock } from '../kernel/clock.js';
import { publicId } from '../kernel/ids.js';
import { CLOCK } from '../platform/clock.token.js';
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
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The second time it does nothing. @throws DomainError `form_not_found`, `form_not_ready`, `form_transition_refused` */
  run(associationId: string, id: string, to: FormState, actor: string): Promise<Form> {
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getForUpdate(id);
      const from = form.state;
      if (from === to) return form;
      formMachine.assertMove(from, to);
      if (to === 'published') assertPublishable(form);
      await this.forms.move(form, { state: to, updatedAt: this.clock.now() });
      await this.journal.record({
        actor,
        action: 'form.moved',
        subject: publicId('form', id),
        details: { from, to },
      });
      return form;
    });
  }
}
