export { DonationAttempts } from './donation-attempts.js';
export { Donation } from './donation.entity.js';
export type { DonationState } from './donation.state.js';
export { makeDonationRequest } from './donations.dto.js';
export { DonationPaid } from './donations.events.js';
export { DonationsModule } from './donations.module.js';
export { DonationQueries } from './donations.queries.js';
export { MakeDonation, type MadeDonation } from './make-donation.js';
export { RetryDonation } from './retry-donation.js';
