import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/http/access.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { ApiKeyQueries } from './api-keys.queries.js';
import { ApiKeysController } from './api-keys.controller.js';
import { CreateApiKey } from './create-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';

@Global()
@Module({
  controllers: [ApiKeysController],
  providers: [
    ApiKeyQueries,
    CreateApiKey,
    RevokeApiKey,
    { provide: Authenticator, useClass: ApiKeyAuthenticator },
  ],
  exports: [Authenticator, CreateApiKey],
})
export class AccountsModule {}
