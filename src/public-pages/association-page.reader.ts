import { Inject, Injectable } from '@nestjs/common';
import { AssociationDirectory, AssociationQueries } from '../associations/index.js';
import { FormQueries } from '../forms/index.js';
import { legalDate, type Clock } from '../kernel/clock.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { paragraphs } from '../platform/templates/paragraphs.js';
import { toAssociationView } from './association-view.js';
import type { AssociationPageView } from './site-pages.view.js';

/** Reads what an association shows of itself, with its published forms. */
@Injectable()
export class AssociationPageReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly directory: AssociationDirectory,
    private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `association_not_found` */
  async read(slug: string): Promise<AssociationPageView> {
    const associationId = await this.directory.find(slug);
    return this.uow.inTenant(associationId, async () => {
      const association = await this.associations.get(associationId);
      const forms = await this.forms.published();
      return {
        association: toAssociationView(association, legalDate(this.clock.now()), forms[0]),
        forms: forms.map((form) => ({
          title: form.title,
          url: `/${association.slug}/${form.slug}`,
          summary: paragraphs(form.description)[0],
        })),
      };
    });
  }
}
