import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries, afterTax, taxReduction } from '../associations/index.js';
import { DonationQueries } from '../donations/index.js';
import { FormQueries } from '../forms/index.js';
import { legalDate, type Clock } from '../kernel/clock.js';
import { newToken } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { PaymentAccountQueries } from '../payments/index.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { toAssociationView } from './association-view.js';
import type { GiftPageInput } from './gift-form.view.js';

/** Reads what the gift page shows of a published form. */
@Injectable()
export class GiftPageReader {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
    private readonly donations: DonationQueries,
    private readonly accounts: PaymentAccountQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `form_not_found` */
  read(associationId: string, formSlug: string): Promise<GiftPageInput> {
    return this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getPublished(formSlug);
      const association = await this.associations.get(associationId);
      const today = legalDate(this.clock.now());
      const view = toAssociationView(association, today, form);
      const reduction = view.isEligible ? taxReduction(association, today) : null;
      const suggestedAmounts = form.suggestedAmounts.map(({ cents, label }) => {
        const amount = Money.of(cents, form.currency);
        return { amount, label, ...(reduction && { afterTax: afterTax(amount, association, today) }) };
      });
      const goal =
        form.goalCents === null
          ? undefined
          : {
              target: Money.of(form.goalCents, form.currency),
              collected: await this.donations.collectedBy(form.id),
            };
      return {
        association: view,
        isTest: await this.accounts.isTest(),
        form: {
          slug: form.slug,
          title: form.title,
          description: form.description,
          suggestedAmounts,
          allowsFreeAmount: form.allowsFreeAmount,
          frequencies: form.frequencies,
          minimum: Money.of(form.minimumCents, form.currency),
          maximum: Money.of(form.maximumCents, form.currency),
          requiredFields: form.requiredDonorFields,
          goal,
          offersTip: await this.forms.offersTip(form),
        },
        action: `/${association.slug}/${form.slug}`,
        requestKey: newToken(),
        taxReduction: reduction,
      };
    });
  }
}
