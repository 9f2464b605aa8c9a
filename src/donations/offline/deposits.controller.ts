import { Controller, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { IdempotencyInterceptor } from '../../platform/http/idempotency.interceptor.js';
import { JsonBody } from '../../platform/http/zod-body.js';
import { EnterDeposit } from './enter-deposit.js';
import { presentDeposit } from './offline-donation.presenter.js';
import { depositOneRequest, depositRequest, depositResponse } from './offline-donations.dto.js';

/** Slips: cheques or cash that were brought to the bank together. */
@ApiTags('Offline gifts')
@Controller('v1')
export class DepositsController {
  constructor(private readonly enterDeposit: EnterDeposit) {}

  @Post('deposits')
  @Allow('treasurer')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, depositResponse)
  async depositMany(
    @CurrentCaller() { associationId, actor }: Caller,
    @JsonBody(depositRequest) body: z.output<typeof depositRequest>,
  ) {
    const donationIds = body.donationIds.map((id) => innerId('donation', id));
    const slip = { donationIds, depositedOn: body.depositedOn, reference: body.reference ?? null };
    return presentDeposit(await this.enterDeposit.run(associationId, slip, actor));
  }

  /** A slip for this gift alone. */
  @Post('offline-donations/:id/deposit')
  @Allow('treasurer')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, depositResponse)
  async depositOne(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @JsonBody(depositOneRequest) body: z.output<typeof depositOneRequest>,
  ) {
    const donationIds = [innerId('donation', id)];
    const slip = { donationIds, depositedOn: body.depositedOn, reference: body.reference ?? null };
    return presentDeposit(await this.enterDeposit.run(associationId, slip, actor));
  }
}
