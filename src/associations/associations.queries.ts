import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Association } from './association.entity.js';
import { associationNotFound } from './associations.errors.js';
import { AssociationsRepository } from './associations.repository.js';

/** Answers about associations, for the modules above. */
@Injectable()
export class AssociationQueries {
  constructor(private readonly associations: AssociationsRepository) {}

  /** @throws DomainError `association_not_found` */
  get(associationId: string): Promise<Association> {
    return this.associations.get(associationId);
  }
}

/** The public address book: from a slug, of today or of earlier, to its association. */
@Injectable()
export class AssociationDirectory {
  constructor(private readonly uow: UnitOfWork) {}

  /** @throws DomainError `association_not_found` */
  async find(slug: string): Promise<string> {
    const associationId = await this.tryFind(slug);
    if (!associationId) throw associationNotFound();
    return associationId;
  }

  async tryFind(slug: string): Promise<string | undefined> {
    const [row] = await this.uow.single<{ associationId: string }>(
      `SELECT association_id AS "associationId" FROM association_slugs WHERE slug = $1`,
      [slug],
    );
    return row?.associationId;
  }
}
