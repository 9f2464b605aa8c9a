import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { newId, publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { NewAssociation } from './association-input.js';
import { toColumns } from './association-row.js';
import { AssociationsRepository } from './associations.repository.js';

/** « 2026-000123 » */
const DEFAULT_NUMBERING = { prefix: '', year: 'full', separator: '-', digits: 6 } as const;

@Injectable()
export class CreateAssociation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly associations: AssociationsRepository,
    private readonly journal: Journal,
  ) {}

  /** @returns its id. @throws DomainError `slug_taken` */
  async run(input: NewAssociation, actor: string): Promise<string> {
    const associationId = newId();
    await this.uow.inTenant(associationId, async () => {
      await this.associations.insert({
        fiscalRegime: 'none',
        receiptNumbering: DEFAULT_NUMBERING,
        legalDetails: {},
        ...toColumns(input),
        associationId,
      });
      await this.associations.claimSlug(associationId, input.slug);
      await this.journal.record({
        actor,
        action: 'association.created',
        subject: publicId('association', associationId),
      });
    });
    return associationId;
  }
}
