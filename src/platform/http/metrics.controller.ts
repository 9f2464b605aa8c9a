import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../../kernel/domain-error.js';
import { APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { metrics, outboxDepth } from '../metrics/metrics.js';
import { OutboxStore } from '../queue/outbox-store.js';
import { Public } from './access.js';

/** Prometheus. In production only for who holds METRICS_TOKEN. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly outbox: OutboxStore,
  ) {}

  @Get()
  async show(
    @Headers('authorization') authorization: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.assertAllowed(authorization);
    const { waiting, dead } = await this.outbox.depth();
    outboxDepth.set({ state: 'waiting' }, waiting);
    outboxDepth.set({ state: 'dead' }, dead);
    await reply.type(metrics.contentType).send(await metrics.metrics());
  }

  private assertAllowed(authorization: string | undefined): void {
    const { metricsToken } = this.config.http;
    if (!metricsToken && !this.config.production) return;
    const expected = Buffer.from(`Bearer ${metricsToken}`);
    const given = Buffer.from(authorization ?? '');
    const allowed =
      metricsToken !== null && given.length === expected.length && timingSafeEqual(given, expected);
    if (!allowed) throw new DomainError('not_found', 'route_not_found', 'There is nothing here.');
  }
}
