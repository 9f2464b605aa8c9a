import { Controller, Get, Headers, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId } from '../../kernel/ids.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { IdempotencyInterceptor } from '../../platform/http/idempotency.interceptor.js';
import { toPage } from '../../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../../platform/http/zod-body.js';
import { CorrectOfflineDonation } from './correct-offline-donation.js';
import { EnterOfflineDonation } from './enter-offline-donation.js';
import { presentOfflineDonation } from './offline-donation.presenter.js';
import {
  correctRequest,
  offlineDonationPage,
  offlineDonationRequest,
  offlineDonationResponse,
  offlineDonationsQuery,
} from './offline-donations.dto.js';
import { toOfflineInput } from './offline-donation.input.js';
import { OfflineDonationsReader } from './offline-donations.reader.js';

/** Gifts by cheque, in cash and by transfer, as the treasurer enters them. */
@ApiTags('Offline gifts')
@Controller('v1/offline-donations')
export class OfflineDonationsController {
  constructor(
    private readonly enterDonation: EnterOfflineDonation,
    private readonly correctDonation: CorrectOfflineDonation,
    private readonly reader: OfflineDonationsReader,
  ) {}

  @Post()
  @Allow('treasurer')
  @UseInterceptors(IdempotencyInterceptor)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @Answers(201, offlineDonationResponse)
  async enter(
    @CurrentCaller() { associationId, actor }: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @JsonBody(offlineDonationRequest) body: z.output<typeof offlineDonationRequest>,
  ) {
    const id = await this.enterDonation.run(associationId, toOfflineInput(body), actor, key);
    return presentOfflineDonation(await this.reader.one(associationId, id));
  }

  @Get()
  @Allow('reader')
  @Answers(200, offlineDonationPage)
  async list(
    @CurrentCaller() { associationId }: Caller,
    @QueryParams(offlineDonationsQuery) query: z.output<typeof offlineDonationsQuery>,
  ) {
    return toPage(await this.reader.page(associationId, query), query, presentOfflineDonation);
  }

  @Get(':id')
  @Allow('reader')
  @Answers(200, offlineDonationResponse)
  async one(@CurrentCaller() { associationId }: Caller, @Param('id') id: string) {
    return presentOfflineDonation(await this.reader.one(associationId, innerId('donation', id)));
  }

  /** Takes it back whole by a counter-entry and cancels its receipt. Enter the right gift anew. The second time it does nothing. */
  @Post(':id/correct')
  @Allow('treasurer')
  @HttpCode(200)
  @Answers(200, offlineDonationResponse)
  async correct(
    @CurrentCaller() { associationId, actor }: Caller,
    @Param('id') id: string,
    @JsonBody(correctRequest) { reason }: z.output<typeof correctRequest>,
  ) {
    await this.correctDonation.run(associationId, innerId('donation', id), reason, actor);
    return presentOfflineDonation(await this.reader.one(associationId, innerId('donation', id)));
  }
}
