import type { Provider } from '@nestjs/common';
import { ChangePlanAmount } from './change-plan-amount.js';
import { ChargePlanHandler } from './charge-plan.handler.js';
import { ChargePlan } from './charge-plan.js';
import { DuePeriods } from './due-periods.js';
import { EndPlan } from './end-plan.js';
import { EndUnbegun } from './end-unbegun.js';
import { FindDuePlansHandler } from './find-due-plans.handler.js';
import { FindExpiringCardsHandler } from './find-expiring-cards.handler.js';
import { FollowMandate } from './follow-mandate.js';
import { FollowPlanDispute } from './follow-plan-dispute.js';
import { FollowPlanPayment } from './follow-plan-payment.js';
import { MendPlan } from './mend-plan.js';
import { MovePeriod } from './move-period.js';
import { MovePlan } from './move-plan.js';
import { OpenPlan } from './open-plan.js';
import { PausePlan } from './pause-plan.js';
import { PlanMailer } from './plan-mailer.js';
import { PlanPeriodsRepository } from './plan-periods.repository.js';
import { PlanReader } from './plan-reader.js';
import { PlanQueries } from './plans.queries.js';
import { PlansRepository } from './plans.repository.js';
import { ResumePlan } from './resume-plan.js';
import { RetryPeriod } from './retry-period.js';
import { StartPeriod } from './start-period.js';
import { StopPlan } from './stop-plan.js';
import { TakeCharge } from './take-charge.js';
import { TakeFirstPayment } from './take-first-payment.js';
import { TellDonorHandler } from './tell-donor.handler.js';
import { TellDonor } from './tell-donor.js';

/** Plans and single gifts make one another, so they share a module. */
export const planProviders: Provider[] = [
  PlansRepository,
  PlanPeriodsRepository,
  PlanQueries,
  PlanReader,
  MovePlan,
  MovePeriod,
  OpenPlan,
  StartPeriod,
  DuePeriods,
  ChargePlan,
  ChargePlanHandler,
  FindDuePlansHandler,
  TakeCharge,
  TakeFirstPayment,
  FollowPlanPayment,
  FollowPlanDispute,
  FollowMandate,
  EndPlan,
  EndUnbegun,
  PausePlan,
  ResumePlan,
  StopPlan,
  ChangePlanAmount,
  MendPlan,
  RetryPeriod,
  FindExpiringCardsHandler,
  TellDonor,
  TellDonorHandler,
  PlanMailer,
];
