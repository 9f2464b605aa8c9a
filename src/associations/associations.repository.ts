import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Association } from './association.entity.js';
import { associationNotFound } from './associations.errors.js';

@Injectable()
export class AssociationsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `association_not_found` */
  async get(associationId: string): Promise<Association> {
    const association = await this.rows.findOneBy({ associationId });
    if (!association) throw associationNotFound();
    return association;
  }

  async insert(association: Partial<Association>): Promise<void> {
    await this.rows.insert(association as Association);
  }

  async update(associationId: string, changes: Partial<Association>): Promise<void> {
    await this.rows.update({ associationId }, { ...changes, updatedAt: () => 'now()' } as never);
  }

  /** The directory keeps every slug that ever was: old links and printed posters go on working. */
  async claimSlug(associationId: string, slug: string): Promise<void> {
    const [mine] = await this.uow.query<{ associationId: string }>(
      `SELECT association_id AS "associationId" FROM association_slugs WHERE slug = $1`,
      [slug],
    );
    if (mine?.associationId === associationId) return;
    await this.uow.execute(`INSERT INTO association_slugs (slug, association_id) VALUES ($1, $2)`, [
      slug,
      associationId,
    ]);
  }

  private get rows() {
    return this.uow.manager.getRepository(Association);
  }
}
