import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { commandDatabaseUrl } from './cli-database.js';
import { CliError } from './cli-error.js';
import { makeDataSource } from './data-source.js';
import { keptSecretsKeys } from './embedded-boot.js';
import { ResealSecrets, SealedSecretsModule } from './payments/index.js';
import type { AppConfig } from './platform/config/app-config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { readSettings } from './platform/config/settings.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { runConfig } from './run-config.js';

/** Nothing here pays: the key only makes the configuration complete. */
const NO_PAYMENTS = { apiKey: 'test_notUsedHere00', apiUrl: 'https://localhost/', caPem: '' };

@Module({})
class CliSecretsModule {
  static with(config: AppConfig): DynamicModule {
    return {
      module: CliSecretsModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(makeDataSource),
        PlatformModule,
        SealedSecretsModule,
      ],
    };
  }
}

export async function secretsRotate(): Promise<string> {
  const settings = readSettings({ ...process.env, NODE_ENV: 'development' });
  const databaseUrl = await commandDatabaseUrl(settings);
  const secretsKeys = settings.SECRETS_KEYS ?? keptSecretsKeys(settings.VAR_DIR);
  const config = runConfig(settings, { databaseUrl, mollie: NO_PAYMENTS, secretsKeys });
  const context = await NestFactory.createApplicationContext(CliSecretsModule.with(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    const { resealed, left } = await context.get(ResealSecrets, { strict: false }).run();
    const first = config.secretsKeys[0]!.id;
    const done = `Sealed anew with the key "${first}": ${resealed}.`;
    if (left === 0) return `${done} The other keys are no longer needed.`;
    throw new CliError(
      `${done}\nStill sealed with other keys: ${left} account(s). Run this again with every key in SECRETS_KEYS, ` +
        `once the running processes have "${first}" as their first.`,
    );
  } finally {
    await context.close();
  }
}
