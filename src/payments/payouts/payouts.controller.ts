import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId, publicId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { toPage } from '../../platform/http/pagination.js';
import { QueryParams } from '../../platform/http/zod-body.js';
import { ImportPayouts } from './import-payouts.js';
import { presentPart, presentPayout } from './payout.presenter.js';
import { PayoutQueries } from './payout.queries.js';
import {
  importPayoutsResponse,
  partsQuery,
  payoutPage,
  payoutPartPage,
  payoutResponse,
  payoutsQuery,
} from './payouts.dto.js';
import { PayoutsRepository } from './payouts.repository.js';

@ApiTags('Payouts')
@Controller('v1/payouts')
export class PayoutsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly payouts: PayoutsRepository,
    private readonly queries: PayoutQueries,
    private readonly importPayouts: ImportPayouts,
  ) {}

  /** Asks the provider now; otherwise that happens every six hours. */
  @Post('import')
  @HttpCode(200)
  @Allow('treasurer')
  @Answers(200, importPayoutsResponse)
  async import(@CurrentCaller() { associationId, actor }: Caller) {
    const ids = await this.importPayouts.run(associationId, actor);
    return { imported: ids.map((id) => publicId('payout', id)) };
  }

  @Get()
  @Allow('reader')
  @Answers(200, payoutPage)
  list(@CurrentCaller() caller: Caller, @QueryParams(payoutsQuery) query: z.output<typeof payoutsQuery>) {
    return this.uow.inTenant(caller.associationId, async () => {
      const found = await this.payouts.page(query);
      const counts = await this.queries.counts(found.map(({ id }) => id));
      return toPage(found, query, (payout) => presentPayout(payout, counts.get(payout.id)));
    });
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, payoutResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () => {
      const payout = await this.payouts.get(innerId('payout', id));
      return presentPayout(payout, (await this.queries.counts([payout.id])).get(payout.id));
    });
  }

  @Get(':id/parts')
  @Allow('reader')
  @Answers(200, payoutPartPage)
  parts(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @QueryParams(partsQuery) query: z.output<typeof partsQuery>,
  ) {
    return this.uow.inTenant(caller.associationId, async () => {
      const { id: payoutId } = await this.payouts.get(innerId('payout', id));
      return toPage(await this.queries.parts(payoutId, query), query, presentPart);
    });
  }
}
