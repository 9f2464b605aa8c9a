import type { Provider } from '@nestjs/common';
import { ImportPayoutsHandler, SweepPayoutsHandler } from './import-payouts.handler.js';
import { ImportPayouts } from './import-payouts.js';
import { KnownParts } from './known-parts.js';
import { PayoutQueries } from './payout.queries.js';
import { PayoutsRepository } from './payouts.repository.js';
import { ReadSettlements } from './read-settlements.js';
import { RecordPayout } from './record-payout.js';

export const payoutProviders: Provider[] = [
  PayoutsRepository,
  PayoutQueries,
  KnownParts,
  ReadSettlements,
  RecordPayout,
  ImportPayouts,
  ImportPayoutsHandler,
  SweepPayoutsHandler,
];
