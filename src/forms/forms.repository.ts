import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { moveRow, type StatefulTable } from '../platform/database/move-row.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { beforeId, type PageQuery } from '../platform/http/pagination.js';
import { Form } from './form.entity.js';
import { formNotFound } from './forms.errors.js';

const FORMS: StatefulTable = { table: 'forms', events: 'form_events', owner: 'form_id' };

@Injectable()
export class FormsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `form_not_found` */
  async get(id: string): Promise<Form> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends. @throws DomainError `form_not_found` */
  async getForUpdate(id: string): Promise<Form> {
    return found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'pessimistic_write' },
      }),
    );
  }

  /** @throws DomainError `form_not_found` */
  async getPublished(slug: string): Promise<Form> {
    return found(
      await this.rows.findOneBy({ associationId: this.uow.associationId, slug, state: 'published' }),
    );
  }

  published(): Promise<Form[]> {
    return this.rows.find({
      where: { associationId: this.uow.associationId, state: 'published' },
      order: { id: 'ASC' },
    });
  }

  /** Ever, whatever it is now. */
  async wasPublished(id: string): Promise<boolean> {
    const events = await this.uow.query(
      `SELECT FROM form_events WHERE association_id = $1 AND form_id = $2 AND to_state = 'published' LIMIT 1`,
      [this.uow.associationId, id],
    );
    return events.length > 0;
  }

  /** One row more than asked for. */
  page(query: PageQuery): Promise<Form[]> {
    const where = { associationId: this.uow.associationId, id: LessThan(beforeId(query)) };
    return this.rows.find({ where, order: { id: 'DESC' }, take: query.limit + 1 });
  }

  async insert(form: Partial<Form>): Promise<void> {
    await this.rows.insert({ ...form, associationId: this.uow.associationId } as Form);
  }

  async update(id: string, changes: Partial<Form>): Promise<void> {
    await this.rows.update({ associationId: this.uow.associationId, id }, {
      ...changes,
      updatedAt: () => 'now()',
    } as never);
  }

  async move(form: Form, changes: Partial<Form> & Pick<Form, 'state'>): Promise<void> {
    await moveRow(this.uow, FORMS, form, changes);
  }

  private get rows() {
    return this.uow.manager.getRepository(Form);
  }
}

function found(form: Form | null): Form {
  if (!form) throw formNotFound();
  return form;
}
