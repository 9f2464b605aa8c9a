import { Controller, Get, Header, Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Redis } from 'ioredis';
import { DomainError } from '../../kernel/domain-error.js';
import { APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Public } from './access.js';

@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly uow: UnitOfWork,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  /** @throws DomainError `not_ready` naming what is missing */
  async check(): Promise<void> {
    if (this.stopping)
      throw new DomainError('unavailable', 'shutting_down', 'This process is shutting down.');
    await this.uow.acrossTenants('readiness', () => this.uow.query('SELECT 1'));
    if (this.config.redisUrl && this.config.role !== 'web') await this.pingRedis(this.config.redisUrl);
  }

  private async pingRedis(url: string): Promise<void> {
    const redis = new Redis(url, {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
      connectTimeout: 1_000,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      await redis.ping();
    } catch (error) {
      throw new DomainError('unavailable', 'redis_unavailable', 'Redis does not answer.', { cause: error });
    } finally {
      redis.disconnect();
    }
  }
}

@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(): Promise<{ status: string }> {
    await this.readiness.check();
    return { status: 'ready' };
  }
}
