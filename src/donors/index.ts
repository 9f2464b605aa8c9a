export { DonorAddress } from './donor-address.entity.js';
export { Donor } from './donor.entity.js';
export type { DonorIdentity, PostalAddress } from './donor-identity.js';
export { DonorsModule } from './donors.module.js';
export { DonorQueries } from './donors.queries.js';
export { RecordDonor } from './record-donor.js';
