import type { z } from 'zod';
import type { Donor } from '../../donors/index.js';
import type { LegalDate } from '../../kernel/clock.js';
import { publicId } from '../../kernel/ids.js';
import type { Translator } from '../../platform/templates/translations.js';
import type { PlanPeriod } from './plan-period.entity.js';
import { nextDebitOn } from './plan-rules.js';
import type { Plan } from './plan.entity.js';
import type { planDetailResponse, planResponse } from './plans.dto.js';

export function presentPlan(plan: Plan, donor: Donor, today: LegalDate): z.input<typeof planResponse> {
  return {
    object: 'plan',
    id: publicId('plan', plan.id),
    status: plan.state,
    frequency: plan.frequency,
    amount: plan.amount.toJSON(),
    formId: publicId('form', plan.formId),
    donor: {
      id: publicId('donor', donor.id),
      firstName: donor.firstName,
      lastName: donor.lastName,
      email: donor.email,
    },
    nextDebitOn: nextDebitOn(plan, today),
    pausedReason: plan.pausedReason,
    pausedUntil: plan.pausedUntil,
    endedReason: plan.endedReason,
    endedAt: plan.endedAt?.toISOString() ?? null,
    cardExpiresOn: plan.cardExpiresOn,
    createdAt: plan.createdAt.toISOString(),
  };
}

export function presentPeriod(
  period: PlanPeriod,
  translator: Translator,
): z.input<typeof planDetailResponse>['periods'][number] {
  const { failureKind: kind, failureReason: code } = period;
  return {
    dueOn: period.dueOn,
    status: period.state as Exclude<PlanPeriod['state'], 'due'>,
    donationId: period.donationId && publicId('donation', period.donationId),
    attempts: period.attempts,
    nextAttemptOn: period.nextAttemptOn,
    skippedBecause: period.skippedBecause,
    failure: kind && { code, kind, text: failureWords(code, translator) },
  };
}

/** Why a charge failed, for a treasurer. An unknown code still gets a sentence. */
export function failureWords(code: string | null, { t, has }: Translator): string {
  const key = `plan.failure.${code ?? 'unknown_reason'}`;
  return t(has(key) ? key : 'plan.failure.unknown_reason');
}
