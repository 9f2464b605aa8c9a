// The whole house, so that every room has said what must be true of it.
import './app.module.js';
import { atCommandDatabase } from './cli-database.js';
import { makeDataSource } from './data-source.js';
import { readSettings } from './platform/config/settings.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { integrityJson, integrityText } from './platform/integrity/present-report.js';
import { runChecks, type CheckResult } from './platform/integrity/run-checks.js';

/** Runs every check on the configured database; the process ends with 1 when one of them finds something. */
export async function integrity({ json }: { json: boolean }): Promise<string> {
  const results = await checkConfigured(process.env);
  if (results.some(({ count }) => count > 0)) process.exitCode = 1;
  return json ? integrityJson(results) : integrityText(results);
}

/** @throws CliError, ConfigurationError when there is no database to check */
export function checkConfigured(env: NodeJS.ProcessEnv): Promise<CheckResult[]> {
  return atCommandDatabase(readSettings({ ...env, NODE_ENV: 'development' }), checkedAt);
}

async function checkedAt(databaseUrl: string): Promise<CheckResult[]> {
  const dataSource = makeDataSource({ url: databaseUrl, poolSize: 1 });
  await dataSource.initialize();
  try {
    return await runChecks(new UnitOfWork(dataSource));
  } finally {
    await dataSource.destroy();
  }
}
