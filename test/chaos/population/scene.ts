import type { Installation } from '../house/installation.js';
import type { Random } from '../random.js';
import type { Chronicle } from './chronicle.js';
import type { Donor } from './donor.js';
import type { Treasurer } from './treasurer.js';

/** Everything that a life takes place in. */
export interface Scene {
  house: Installation;
  donor: Donor;
  treasurer: Treasurer;
  random: Random;
  chronicle: Chronicle;
  /** The idempotency key of the donor's intention. */
  key: string;
}
