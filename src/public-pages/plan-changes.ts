import { Injectable } from '@nestjs/common';
import {
  ChangePlanAmount,
  MendPlan,
  PausePlan,
  PlanQueries,
  ResumePlan,
  StopPlan,
  type Pause,
} from '../donations/index.js';
import { DomainError, invalidField } from '../kernel/domain-error.js';
import { Money } from '../kernel/money.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { STOP_REASONS, type PlanNotice } from './plan-page.view.js';

const DONOR = 'donor';
const MONTHS: Record<string, Pause['months']> = { '1': 1, '2': 2, '3': 3 };

/** What the holder of a plan's token asks for. Asked for twice, it is done once. */
@Injectable()
export class PlanChanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlanQueries,
    private readonly changeAmount: ChangePlanAmount,
    private readonly pausePlan: PausePlan,
    private readonly resumePlan: ResumePlan,
    private readonly stopPlan: StopPlan,
  ) {}

  /** @throws DomainError `validation_failed` at /amount, to be shown beside the field */
  amount(associationId: string, token: string, typed: string): Promise<PlanNotice> {
    const amount = Money.parseTyped(typed);
    if (!amount) {
      const code = typed === '' ? 'required' : 'malformed_amount';
      throw invalidField('/amount', code, 'That is no amount.');
    }
    return this.change(associationId, token, 'montant', (planId) =>
      this.changeAmount.run(planId, amount, DONOR),
    );
  }

  pause(associationId: string, token: string, months: string): Promise<PlanNotice> {
    const pause: Pause = { months: MONTHS[months] ?? null, reason: 'donor' };
    return this.change(associationId, token, 'pause', (planId) => this.pausePlan.run(planId, pause, DONOR));
  }

  resume(associationId: string, token: string): Promise<PlanNotice> {
    return this.change(associationId, token, 'reprise', (planId) => this.resumePlan.run(planId, DONOR));
  }

  stop(associationId: string, token: string, reason: string): Promise<PlanNotice> {
    const because = STOP_REASONS.find((known) => known === reason);
    return this.change(associationId, token, 'arret', (planId) =>
      this.stopPlan.run(planId, 'donor', DONOR, because),
    );
  }

  private change(
    associationId: string,
    token: string,
    notice: PlanNotice,
    work: (planId: string) => Promise<unknown>,
  ): Promise<PlanNotice> {
    return this.uow.inTenant(associationId, async () => {
      await work((await this.plans.getByToken(token)).id);
      return notice;
    });
  }
}

/** The page shows how things stand; where they stand otherwise than the click supposed, that is the answer. */
export function overtaken(error: unknown): null {
  if (error instanceof DomainError && error.kind === 'conflict') return null;
  throw error;
}

/** A new means of payment. */
@Injectable()
export class PlanMending {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly plans: PlanQueries,
    private readonly mendPlan: MendPlan,
  ) {}

  /** Outside any unit. @returns where the donor pays, or null when a payment is under way or made */
  async begin(associationId: string, token: string): Promise<string | null> {
    const { id } = await this.uow.inTenant(associationId, () => this.plans.getByToken(token));
    return this.mendPlan.run(associationId, id).catch(overtaken);
  }
}
