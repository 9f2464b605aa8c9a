import { Inject, Injectable } from '@nestjs/common';
import { AssociationQueries, type Association } from '../associations/index.js';
import { DonationQueries, PlanQueries, type Plan, type PlanHistory } from '../donations/index.js';
import { DonorQueries } from '../donors/index.js';
import { FormQueries, type Form } from '../forms/index.js';
import { legalDate, type Clock, type LegalDate } from '../kernel/clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { tokenAssociation } from '../kernel/scoped-token.js';
import { CLOCK } from '../platform/clock.token.js';

export interface PlanPageFacts {
  plan: Plan;
  association: Association;
  form: Form;
  firstName: string;
  /** Newest first. */
  history: PlanHistory[];
  /** Of the gift with which it begins. */
  firstToken: string;
  today: LegalDate;
}

const PERIODS_SHOWN = 12;

/** Reads what the holder of a plan's token may see. */
@Injectable()
export class PlanPageReader {
  constructor(
    private readonly plans: PlanQueries,
    private readonly donations: DonationQueries,
    private readonly associations: AssociationQueries,
    private readonly forms: FormQueries,
    private readonly donors: DonorQueries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `plan_not_found` */
  association(token: string): string {
    const associationId = tokenAssociation(token);
    if (!associationId)
      throw new DomainError('not_found', 'plan_not_found', 'There is no such monthly gift.');
    return associationId;
  }

  /** In a unit of the token's association. @throws DomainError `plan_not_found` */
  async read(token: string): Promise<PlanPageFacts> {
    const plan = await this.plans.getByToken(token);
    return {
      plan,
      association: await this.associations.get(plan.associationId),
      form: await this.forms.get(plan.formId),
      firstName: (await this.donors.get(plan.donorId)).firstName,
      history: await this.plans.history(plan.id, PERIODS_SHOWN),
      firstToken: (await this.donations.get(plan.firstDonationId)).token,
      today: legalDate(this.clock.now()),
    };
  }
}
