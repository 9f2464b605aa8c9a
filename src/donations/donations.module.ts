import { Module } from '@nestjs/common';
import { AssociationsModule } from '../associations/index.js';
import { DonorsModule } from '../donors/index.js';
import { FormsModule } from '../forms/index.js';
import { PaymentsModule } from '../payments/index.js';
import { DonationAttempts } from './donation-attempts.js';
import { DonationDetailsReader } from './donation-details.js';
import { DonationsController, PublicDonationsController } from './donations.controller.js';
import { DonationQueries } from './donations.queries.js';
import { DonationsRepository } from './donations.repository.js';
import { FollowPayment } from './follow-payment.js';
import { MakeDonation } from './make-donation.js';
import { MoveDonation } from './move-donation.js';
import { RetryDonation } from './retry-donation.js';

@Module({
  imports: [AssociationsModule, FormsModule, DonorsModule, PaymentsModule],
  controllers: [PublicDonationsController, DonationsController],
  providers: [
    DonationsRepository,
    DonationQueries,
    DonationDetailsReader,
    DonationAttempts,
    MakeDonation,
    MoveDonation,
    RetryDonation,
    FollowPayment,
  ],
  exports: [DonationQueries, DonationAttempts, MakeDonation, RetryDonation],
})
export class DonationsModule {}
