import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { innerId, publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Allow, CurrentCaller, type Caller } from '../platform/http/access.js';
import { Answers } from '../platform/http/answers.js';
import { pageQuery, toPage, type PageQuery } from '../platform/http/pagination.js';
import { JsonBody, QueryParams } from '../platform/http/zod-body.js';
import { presentApiKey } from './api-key.presenter.js';
import { ApiKeyQueries } from './api-keys.queries.js';
import { apiKeyPage, createApiKeyRequest, createdApiKeyResponse } from './api-keys.dto.js';
import { CreateApiKey } from './create-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';

@ApiTags('API keys')
@Controller('v1/api-keys')
@Allow('owner')
export class ApiKeysController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: ApiKeyQueries,
    private readonly create: CreateApiKey,
    private readonly revoke: RevokeApiKey,
  ) {}

  /** Takes no Idempotency-Key: its answer holds a secret, and secrets are not kept for replays. */
  @Post()
  @Header('cache-control', 'no-store')
  @Answers(201, createdApiKeyResponse)
  async make(
    @CurrentCaller() { associationId, actor }: Caller,
    @JsonBody(createApiKeyRequest) body: z.output<typeof createApiKeyRequest>,
  ) {
    const { id, token } = await this.create.run(associationId, body, actor);
    return { id: publicId('apiKey', id), token };
  }

  @Get()
  @Answers(200, apiKeyPage)
  list(@CurrentCaller() { associationId }: Caller, @QueryParams(pageQuery) query: PageQuery) {
    return this.uow.inTenant(associationId, async () =>
      toPage(await this.keys.page(query), query, presentApiKey),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(@CurrentCaller() { associationId, actor }: Caller, @Param('id') id: string): Promise<void> {
    await this.revoke.run(associationId, innerId('apiKey', id), actor);
  }
}
