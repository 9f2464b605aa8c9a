import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { CliError } from './cli-error.js';
import { embeddedDatabaseUrl } from './embedded-boot.js';
import type { Settings } from './platform/config/settings.js';
import { startEmbeddedPostgres } from './platform/embedded/start-embedded-postgres.js';

const PATIENCE_MS = 5_000;

/**
 * The database that the commands work on: the one that is set, or that of the `npm start` which runs beside.
 * @throws CliError when there is none, it does not answer, or its tables are missing
 */
export async function commandDatabaseUrl(settings: Settings): Promise<string> {
  const url = settings.DATABASE_URL ?? besideUrl(settings);
  await assertDatabaseReady(
    settings.DATABASE_URL
      ? 'DATABASE_URL'
      : 'No DATABASE_URL is set, and "npm start" does not seem to run here',
    url,
  );
  return url;
}

/**
 * Like commandDatabaseUrl(), and an embedded database that does not run is started for as long as the work takes.
 * @throws CliError, DomainError embedded_postgres_…
 */
export async function atCommandDatabase<T>(
  settings: Settings,
  work: (databaseUrl: string) => Promise<T>,
): Promise<T> {
  if (settings.DATABASE_URL || (await answers(besideUrl(settings))))
    return work(await commandDatabaseUrl(settings));
  const database = await startEmbeddedPostgres({
    dataDir: join(settings.VAR_DIR, 'postgres'),
    port: settings.EMBEDDED_DATABASE_PORT,
  });
  try {
    return await work(await commandDatabaseUrl(settings));
  } finally {
    await database.stop();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function besideUrl(settings: Settings): string {
  const url = embeddedDatabaseUrl(settings.VAR_DIR, realDirectory(join(settings.VAR_DIR, 'postgres')));
  if (url) return url;
  throw new CliError(
    `DATABASE_URL: is missing, and ${settings.VAR_DIR} holds no database of a "npm start" either`,
  );
}

/**
 * A server waits for its database; a command says at once what is wrong.
 * @param name of the setting that holds the URL
 * @throws CliError
 */
export async function assertDatabaseAnswers(name: string, url: string): Promise<void> {
  const client = await connected(name, url);
  await client.end();
}

async function assertDatabaseReady(name: string, url: string): Promise<void> {
  const client = await connected(name, url);
  try {
    const { rows } = await client.query(`SELECT to_regclass('associations') IS NOT NULL AS ready`);
    if (!rows[0].ready) throw new CliError('The database has no tables yet. First: npm run obole -- migrate');
  } finally {
    await client.end();
  }
}

async function connected(name: string, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new CliError(
      `${name}: the database at ${host}${pathname} does not let us in: ${(error as Error).message}`,
    );
  }
}

/** The data of an installation run by root may be elsewhere, behind a link. */
function realDirectory(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
