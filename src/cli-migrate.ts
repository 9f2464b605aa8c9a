import { assertDatabaseAnswers } from './cli-database.js';
import { CliError } from './cli-error.js';
import { readSettings } from './platform/config/settings.js';
import { migrateDatabase } from './platform/database/migrate.js';

export async function migrate(): Promise<string> {
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = readSettings({
    ...process.env,
    NODE_ENV: 'development',
  });
  if (!ownerUrl) throw new CliError('DATABASE_OWNER_URL: is missing');
  if (!appUrl) throw new CliError('DATABASE_URL: is missing; it names the login of the application');
  await assertDatabaseAnswers('DATABASE_OWNER_URL', ownerUrl);
  await migrateDatabase({ ownerUrl, appUrl });
  return 'The database is up to date.';
}
