import { Module } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { DonorsModule } from '../donors/index.js';
import { FormsModule } from '../forms/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MailingModule } from '../mailing/index.js';
import { PaymentsModule } from '../payments/index.js';
import { DonationAttempts } from './donation-attempts.js';
import { DonationDetailsReader } from './donation-details.js';
import './donations.checks.js';
import { DonationsController, PublicDonationsController } from './donations.controller.js';
import { DonationQueries } from './donations.queries.js';
import { DonationsRepository } from './donations.repository.js';
import { FollowPayment } from './follow-payment.js';
import { GiftPayments } from './gift-payments.js';
import { FollowDispute, FollowRefund } from './follow-returns.js';
import { MakeDonation } from './make-donation.js';
import { MoveDonation } from './move-donation.js';
import { CorrectOfflineDonation } from './offline/correct-offline-donation.js';
import { DepositsController } from './offline/deposits.controller.js';
import { EnterDeposit } from './offline/enter-deposit.js';
import { EnterOfflineDonation } from './offline/enter-offline-donation.js';
import { KeepOfflineDonation } from './offline/keep-offline-donation.js';
import { OfflineDonationsController } from './offline/offline-donations.controller.js';
import { OfflineDonationsReader } from './offline/offline-donations.reader.js';
import { OfflineDonationsRepository } from './offline/offline-donations.repository.js';
import { PaidTwiceMailer } from './paid-twice-mailer.js';
import { PaidTwice } from './paid-twice.js';
import { ChangePlanAmount } from './plans/change-plan-amount.js';
import { MendPlan } from './plans/mend-plan.js';
import { PausePlan } from './plans/pause-plan.js';
import { planProviders } from './plans/plan.providers.js';
import { PlansController } from './plans/plans.controller.js';
import { PlanQueries } from './plans/plans.queries.js';
import { ResumePlan } from './plans/resume-plan.js';
import { StopPlan } from './plans/stop-plan.js';
import { RetryDonation } from './retry-donation.js';

const OFFLINE = [
  OfflineDonationsRepository,
  OfflineDonationsReader,
  KeepOfflineDonation,
  EnterOfflineDonation,
  EnterDeposit,
  CorrectOfflineDonation,
];

@Module({
  imports: [AssociationsModule, FormsModule, DonorsModule, PaymentsModule, LedgerModule, MailingModule],
  controllers: [
    PublicDonationsController,
    DonationsController,
    OfflineDonationsController,
    DepositsController,
    PlansController,
  ],
  providers: [
    DonationsRepository,
    DonationQueries,
    DonationDetailsReader,
    DonationAttempts,
    GiftPayments,
    ...planProviders,
    MakeDonation,
    MoveDonation,
    RetryDonation,
    FollowPayment,
    PaidTwice,
    PaidTwiceMailer,
    FollowRefund,
    FollowDispute,
    ...OFFLINE,
  ],
  exports: [
    DonationQueries,
    DonationAttempts,
    MakeDonation,
    RetryDonation,
    PlanQueries,
    ChangePlanAmount,
    PausePlan,
    ResumePlan,
    StopPlan,
    MendPlan,
  ],
})
export class DonationsModule {}
