import type { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { ConfigurationError } from '../config/settings.js';

/**
 * A program on an older schema than its own would fail at the first gift that needs what is not there: refuse to run.
 * A newer schema is no fault; while a new version is rolled out, old processes run on it.
 * @throws ConfigurationError
 */
export async function assertMigrated(dataSource: DataSource): Promise<void> {
  const done = await namesOfDone(dataSource);
  const missing = migrations.map(({ name }) => name).filter((name) => !done.has(name));
  if (missing.length === 0) return;
  const which = missing.length === 1 ? missing[0]! : `${missing.length}, the first is ${missing[0]!}`;
  throw new ConfigurationError([
    `DATABASE_URL: migrations of this version have not run on this database (${which}). ` +
      'Run "npm run obole -- migrate" first; the embedded database is migrated by "npm start".',
  ]);
}

async function namesOfDone(dataSource: DataSource): Promise<Set<string>> {
  try {
    const rows = (await dataSource.query('SELECT name FROM migrations')) as Array<{ name: string }>;
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    // The right to read the list came with a migration of its own.
    if ((error as { code?: string }).code === '42501') return new Set();
    throw error;
  }
}
