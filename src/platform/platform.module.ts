import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { systemClock } from '../kernel/clock.js';
import { CLOCK } from './clock.token.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { DomainEvents } from './events/domain-events.js';
import { StoredFiles } from './storage/stored-files.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [UnitOfWork, DomainEvents, StoredFiles, { provide: CLOCK, useValue: systemClock }],
  exports: [UnitOfWork, DomainEvents, StoredFiles, CLOCK],
})
export class PlatformModule {}
