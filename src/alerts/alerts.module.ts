import { Global, Module } from '@nestjs/common';
import { AlertsController } from './alerts.controller.js';
import { AlertQueries } from './alerts.queries.js';
import { RaiseAlert } from './raise-alert.js';
import { ResolveAlert } from './resolve-alert.js';
import { SettleAlert } from './settle-alert.js';

/** Global, as the journal: whoever notices something may say so. */
@Global()
@Module({
  controllers: [AlertsController],
  providers: [AlertQueries, RaiseAlert, SettleAlert, ResolveAlert],
  exports: [RaiseAlert, SettleAlert],
})
export class AlertsModule {}
