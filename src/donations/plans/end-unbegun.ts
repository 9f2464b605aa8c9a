import { Injectable } from '@nestjs/common';
import { PaymentQueries } from '../../payments/index.js';
import { isUndecided } from '../donation-attempts.js';
import { EndPlan } from './end-plan.js';
import type { Plan } from './plan.entity.js';

/** A plan whose first payment came to nothing. Should it be paid after all, the plan begins all the same. */
@Injectable()
export class EndUnbegun {
  constructor(
    private readonly payments: PaymentQueries,
    private readonly endPlan: EndPlan,
  ) {}

  /** In the unit that holds the plan. */
  async run(plan: Plan): Promise<void> {
    const attempts = await this.payments.attemptsFor(plan.firstDonationId);
    if (!attempts.some(isUndecided)) await this.endPlan.run(plan, 'never_started');
  }
}
