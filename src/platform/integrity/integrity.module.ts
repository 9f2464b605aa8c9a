import { Module } from '@nestjs/common';
import '../queue/queue.checks.js';
import { NightlyIntegrityHandler } from './nightly-integrity.handler.js';

@Module({ providers: [NightlyIntegrityHandler] })
export class IntegrityModule {}
