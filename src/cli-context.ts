import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { commandDatabaseUrl } from './cli-database.js';
import { makeDataSource } from './data-source.js';
import { findSecretsKeys } from './embedded-boot.js';
import type { AppConfig } from './platform/config/app-config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { readSettings } from './platform/config/settings.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { runConfig } from './run-config.js';

/** Nothing here pays: the key only makes the configuration complete. */
const NO_PAYMENTS = { apiKey: 'test_notUsedHere00', apiUrl: 'https://localhost/', caPem: '' };

/** Most commands open no secret; those that do ask for the keys first. */
const NO_SECRETS = `none:${Buffer.alloc(32).toString('base64')}`;

type Get = <T>(type: abstract new (...args: never[]) => T) => T;

@Module({})
class CliModule {
  static with(config: AppConfig, modules: Type[]): DynamicModule {
    return {
      module: CliModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(makeDataSource),
        PlatformModule,
        ...modules,
      ],
    };
  }
}

/** Runs one command with the platform and some rooms of the house, on the database that `npm start` would use. */
export async function withCliContext<T>(modules: Type[], work: (get: Get) => Promise<T>): Promise<T> {
  const settings = readSettings({ ...process.env, NODE_ENV: 'development' });
  const config = runConfig(settings, {
    databaseUrl: await commandDatabaseUrl(settings),
    mollie: NO_PAYMENTS,
    secretsKeys: findSecretsKeys(settings.VAR_DIR) ?? NO_SECRETS,
  });
  const context = await NestFactory.createApplicationContext(CliModule.with(config, modules), {
    logger: false,
    abortOnError: false,
  });
  try {
    return await work((type) => context.get(type as never, { strict: false }));
  } finally {
    await context.close();
  }
}
