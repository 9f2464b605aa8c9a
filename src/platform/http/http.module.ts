import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { ErrorFilter, ErrorPages } from './error.filter.js';
import { ForgetIdempotencyHandler } from './forget-idempotency.handler.js';
import { HealthController, Readiness } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency-store.js';
import { MetricsController } from './metrics.controller.js';

/** Needs an Authenticator from the module that owns the keys. */
@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [
    ErrorPages,
    Readiness,
    IdempotencyStore,
    IdempotencyInterceptor,
    ForgetIdempotencyHandler,
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ErrorPages, IdempotencyStore, IdempotencyInterceptor],
})
export class HttpModule {}
