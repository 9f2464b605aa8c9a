import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AssociationChanges } from './association-input.js';
import { toColumns } from './association-row.js';
import type { Association } from './association.entity.js';
import { AssociationsRepository } from './associations.repository.js';

@Injectable()
export class ChangeAssociation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly associations: AssociationsRepository,
    private readonly journal: Journal,
  ) {}

  /** @throws DomainError `slug_taken` */
  run(associationId: string, changes: AssociationChanges, actor: string): Promise<Association> {
    return this.uow.inTenant(associationId, async () => {
      if (changes.slug !== undefined) await this.associations.claimSlug(associationId, changes.slug);
      const fields = Object.keys(changes);
      if (fields.length > 0) {
        await this.associations.update(associationId, toColumns(changes));
        await this.journal.record({
          actor,
          action: 'association.changed',
          subject: publicId('association', associationId),
          details: { fields },
        });
      }
      return this.associations.get(associationId);
    });
  }
}
