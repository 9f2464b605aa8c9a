import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { giveTo } from './data-place.js';
import { BRING_YOUR_OWN, embeddedError } from './embedded-error.js';
import type { RunAs } from './run-as.js';
import { asArguments, clusterName, serverEnvironment } from './server-settings.js';

export const SUPERUSER = 'postgres';

export interface ClusterOptions {
  dataDir: string;
  binaries: Binaries;
  runAs: RunAs;
}

export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'PG_VERSION'));
}

/**
 * First run. Done in a directory beside and put in place as a whole: a kill half-way leaves nothing that a
 * later start could mistake for data.
 */
export function createCluster({ dataDir, binaries, runAs }: ClusterOptions, password: string): void {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw embeddedError(
      'embedded_postgres_failed',
      `${dataDir} holds files that are not a PostgreSQL cluster.`,
    );
  }
  const workshop = `${dataDir}.initializing`;
  const draft = join(workshop, 'data');
  const passwordFile = join(workshop, 'password');
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(workshop, runAs);
  // ICU: capitals and order of French names, the same on every system whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=fr'];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const result = spawnSync(binaries.initdb, ['-D', draft, '--data-checksums', ...locale, ...access], {
    ...spawnOptions(runAs),
  });
  assertDone(result, `PostgreSQL could not create its data in ${dataDir}`);
  renameSync(draft, dataDir);
  rmSync(workshop, { recursive: true });
}

/** The secret file is lost: a new password, set by the server's single-user mode, which asks for none. */
export function replacePassword({ dataDir, binaries, runAs }: ClusterOptions, password: string): void {
  const settings = asArguments({ cluster_name: clusterName(dataDir), log_min_error_statement: 'panic' });
  const result = spawnSync(binaries.postgres, ['--single', '-D', dataDir, ...settings, 'postgres'], {
    ...spawnOptions(runAs),
    input: `ALTER ROLE ${SUPERUSER} PASSWORD '${password}'\n`,
  });
  assertDone(result, `PostgreSQL could not set a new password for the data in ${dataDir}`);
}

function spawnOptions(runAs: RunAs) {
  return { ...runAs, cwd: '/', env: serverEnvironment(), encoding: 'utf8' } as const;
}

function assertDone({ status, stderr, error }: SpawnSyncReturns<string>, failure: string): void {
  if (status === 0) return;
  throw embeddedError('embedded_postgres_failed', `${failure}: ${error?.message ?? stderr.trim()}`, error);
}

export function assertSameMajor(dataDir: string, binaries: Binaries): void {
  const written = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  const major = binaries.version.split('.')[0];
  if (written === major) return;
  throw embeddedError(
    'embedded_postgres_version_mismatch',
    `The data in ${dataDir} were written by PostgreSQL ${written}; this version of Obole carries PostgreSQL ` +
      `${binaries.version}, which cannot read them. Dump them with PostgreSQL ${written} and load the dump into a ` +
      `new directory. ${BRING_YOUR_OWN}`,
  );
}
