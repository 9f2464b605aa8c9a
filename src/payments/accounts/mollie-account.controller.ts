import { Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../../platform/http/access.js';
import { Answers } from '../../platform/http/answers.js';
import { JsonBody } from '../../platform/http/zod-body.js';
import {
  chooseProfileRequest,
  connectRequest,
  connectResponse,
  mollieResponse,
  setApiKeyRequest,
} from './accounts.dto.js';
import { BeginConnect } from './begin-connect.js';
import { ChooseProfile } from './choose-profile.js';
import { DisconnectAccount } from './disconnect-account.js';
import { presentMollie } from './mollie-account.presenter.js';
import { MollieAccountQueries } from './mollie-account.queries.js';
import { SetApiKey } from './set-api-key.js';

@ApiTags('Mollie')
@Controller('v1/mollie')
export class MollieAccountController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: MollieAccountQueries,
    private readonly setApiKey: SetApiKey,
    private readonly begin: BeginConnect,
    private readonly choose: ChooseProfile,
    private readonly disconnect: DisconnectAccount,
  ) {}

  @Get()
  @Allow('reader')
  @Answers(200, mollieResponse)
  show(@CurrentCaller() { associationId }: Caller) {
    return this.uow.inTenant(associationId, async () => presentMollie(await this.queries.standing()));
  }

  /** The key is tried at Mollie first, and never shown again. */
  @Put('api-key')
  @Allow('owner')
  @Answers(200, mollieResponse)
  async key(
    @CurrentCaller() caller: Caller,
    @JsonBody(setApiKeyRequest) { apiKey }: z.output<typeof setApiKeyRequest>,
  ) {
    await this.setApiKey.run(caller.associationId, apiKey, caller.actor);
    return this.show(caller);
  }

  @Post('connect')
  @HttpCode(200)
  @Allow('owner')
  @Answers(200, connectResponse)
  async connect(
    @CurrentCaller() { associationId, actor }: Caller,
    @JsonBody(connectRequest) { mode }: z.output<typeof connectRequest>,
  ) {
    return { authorizeUrl: await this.begin.run(associationId, mode, actor) };
  }

  @Put('profile')
  @Allow('owner')
  @Answers(200, mollieResponse)
  async profile(
    @CurrentCaller() caller: Caller,
    @JsonBody(chooseProfileRequest) { profileId }: z.output<typeof chooseProfileRequest>,
  ) {
    await this.choose.run(caller.associationId, profileId, caller.actor);
    return this.show(caller);
  }

  @Delete('connection')
  @Allow('owner')
  @HttpCode(204)
  async remove(@CurrentCaller() { associationId, actor }: Caller): Promise<void> {
    await this.disconnect.run(associationId, actor);
  }
}
