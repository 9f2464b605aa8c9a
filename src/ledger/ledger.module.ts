import { Module } from '@nestjs/common';
import { AccountNumbers } from './account-numbers.js';
import './ledger.checks.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerQueries } from './ledger.queries.js';
import { PostEntry } from './post-entry.js';
import { SetAccountNumber } from './set-account-number.js';

@Module({
  controllers: [LedgerController],
  providers: [PostEntry, AccountNumbers, SetAccountNumber, LedgerQueries],
  exports: [PostEntry, LedgerQueries],
})
export class LedgerModule {}
