import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { toPage } from '../../platform/http/pagination.js';
import { QueryParams } from '../../platform/http/zod-body.js';
import { presentDispute } from './dispute.presenter.js';
import { disputePage, disputeResponse, disputesQuery } from './disputes.dto.js';
import { DisputesRepository } from './disputes.repository.js';

/** Chargebacks: made by the donor's bank, never by us, so there is nothing to create here. */
@ApiTags('Disputes')
@Controller('v1/disputes')
export class DisputesController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly disputes: DisputesRepository,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, disputePage)
  list(@CurrentCaller() caller: Caller, @QueryParams(disputesQuery) query: z.output<typeof disputesQuery>) {
    const payment = query.payment === undefined ? undefined : innerId('payment', query.payment);
    return this.uow.inTenant(caller.associationId, async () =>
      toPage(await this.disputes.page({ ...query, payment }), query, presentDispute),
    );
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, disputeResponse)
  one(@CurrentCaller() caller: Caller, @Param('id') id: string) {
    return this.uow.inTenant(caller.associationId, async () =>
      presentDispute(await this.disputes.get(innerId('dispute', id))),
    );
  }
}
