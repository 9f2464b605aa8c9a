import {
  Global,
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { BullDispatcher } from './bull-dispatcher.js';
import { Dispatcher, NoDispatcher } from './dispatcher.js';
import { InProcessDispatcher } from './in-process-dispatcher.js';
import { JobExecutor } from './job-executor.js';
import { JobRegistry } from './job-registry.js';
import { OutboxBell } from './outbox-bell.js';
import { OutboxStore } from './outbox-store.js';
import { Outbox } from './outbox.js';
import { PeriodicJobs } from './periodic.js';

const SHUTDOWN_GRACE_MS = 20_000;

function chooseDispatcher(
  config: AppConfig,
  store: OutboxStore,
  executor: JobExecutor,
  bell: OutboxBell,
): Dispatcher {
  const processes = config.role !== 'web';
  if (config.redisUrl)
    return new BullDispatcher(store, executor, bell, {
      redisUrl: config.redisUrl,
      processes,
      ...config.jobs,
    });
  return processes ? new InProcessDispatcher(store, executor, bell, config.jobs) : new NoDispatcher();
}

@Injectable()
class DispatcherLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(Dispatcher) private readonly dispatcher: Dispatcher) {}

  onApplicationBootstrap(): Promise<void> {
    return this.dispatcher.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.dispatcher.stop(SHUTDOWN_GRACE_MS);
  }
}

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    Outbox,
    OutboxBell,
    OutboxStore,
    JobRegistry,
    JobExecutor,
    PeriodicJobs,
    DispatcherLifecycle,
    {
      provide: Dispatcher,
      inject: [APP_CONFIG, OutboxStore, JobExecutor, OutboxBell],
      useFactory: chooseDispatcher,
    },
  ],
  exports: [Outbox, OutboxStore, Dispatcher],
})
export class QueueModule {}
