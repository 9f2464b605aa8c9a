import { Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { legalDate, type Clock } from '../kernel/clock.js';
import { CLOCK } from '../platform/clock.token.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { toPage } from '../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../platform/http/zod-body.js';
import { AccountNumbers, ledgerRole } from './account-numbers.js';
import {
  ledgerAccountResponse,
  ledgerAccountsResponse,
  ledgerBalancesQuery,
  ledgerBalancesResponse,
  ledgerEntriesQuery,
  ledgerEntryPage,
  setAccountNumberRequest,
} from './ledger.dto.js';
import { presentAccount, presentBalances, presentEntry } from './ledger.presenter.js';
import { LedgerQueries } from './ledger.queries.js';
import { SetAccountNumber } from './set-account-number.js';

@ApiTags('Ledger')
@Controller('v1/ledger')
export class LedgerController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
    private readonly numbers: AccountNumbers,
    private readonly setNumber: SetAccountNumber,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('accounts')
  @Allow('reader')
  @Answers(200, ledgerAccountsResponse)
  async accounts(@CurrentCaller() { associationId }: Caller) {
    const accounts = await this.uow.inTenant(associationId, () => this.numbers.all());
    return { data: accounts.map(presentAccount) };
  }

  /** The number and label that new entries carry on one account; entries already posted keep theirs. */
  @Put('accounts/:account')
  @Allow('treasurer')
  @Answers(200, ledgerAccountResponse)
  async number(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('account') account: string,
    @JsonBody(setAccountNumberRequest) body: z.output<typeof setAccountNumberRequest>,
  ) {
    return presentAccount(await this.setNumber.run(associationId, ledgerRole(account), body, actor));
  }

  @Get('entries')
  @Allow('reader')
  @Answers(200, ledgerEntryPage)
  entries(
    @CurrentCaller() { associationId }: Caller,
    @QueryParams(ledgerEntriesQuery) query: z.output<typeof ledgerEntriesQuery>,
  ) {
    return this.uow.inTenant(associationId, async () =>
      toPage(await this.queries.page(query), query, presentEntry),
    );
  }

  @Get('balances')
  @Allow('reader')
  @Answers(200, ledgerBalancesResponse)
  balances(
    @CurrentCaller() { associationId }: Caller,
    @QueryParams(ledgerBalancesQuery)
    { on = legalDate(this.clock.now()) }: z.output<typeof ledgerBalancesQuery>,
  ) {
    return this.uow.inTenant(associationId, async () => presentBalances(on, await this.queries.balances(on)));
  }
}
