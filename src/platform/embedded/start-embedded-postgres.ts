import { type Binaries, locateBinaries } from './binaries.js';
import { SUPERUSER, assertSameMajor, createCluster, hasCluster, replacePassword } from './cluster-files.js';
import { type DataPlace, giveTo, settleDataPlace } from './data-place.js';
import { embeddedError } from './embedded-error.js';
import { freePort, isPortFree } from './free-port.js';
import { clearOrphan } from './orphan.js';
import { type OwnerLock, takeOwnerLock } from './owner-lock.js';
import { Postmaster } from './postmaster.js';
import { newPassword, readSecret, writeSecret } from './secret-file.js';
import { serverSettings } from './server-settings.js';

export interface EmbeddedPostgresOptions {
  /** Created on the first run. `<dataDir>.secret.json`, `.lock` and `.log` stand beside it. */
  dataDir: string;
  /** 0 or absent: the one of the last time, or a free one at first. */
  port?: number;
  /** Default: `<dataDir>.log`, beside the data. */
  logFile?: string;
  /** False only for data that may be lost (tests). */
  fsync?: boolean;
  /** Further server settings, by their postgresql.conf names. */
  settings?: Record<string, string>;
  /** Root's place for programs and data that the server's unprivileged user could not reach otherwise. */
  shelterDir?: string;
  /** Hears what the person in front of the terminal should know. */
  notice?: (text: string) => void;
}

export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Where the data really are; differs from the wanted directory when root had to shelter them. */
  readonly dataDir: string;
  /** Superuser, database "postgres". */
  readonly adminUrl: string;
  /** Called once if the server dies without having been asked to. */
  onExit(listener: (how: string) => void): void;
  /** Shuts down in order, connections included: drain first. Calling it twice is one stop. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of our own, reachable from this machine only. It handles no process signals: the caller
 * drains, then calls `stop()`. A server left behind by a kill -9 is taken over by the next start.
 *
 * @throws DomainError embedded_postgres_unavailable | _busy | _port_taken | _not_ours | _version_mismatch | _failed
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { shelterDir = '/var/lib/obole', notice = () => undefined } = options;
  const place = settleDataPlace(options.dataDir, shelterDir, notice);
  const lock = await takeOwnerLock(`${place.dataDir}.lock`);
  try {
    const binaries = locateBinaries(place.runAs, shelterDir, notice);
    const password = await prepareCluster(place, binaries, notice);
    const port = await choosePort(place.dataDir, options.port, notice);
    writeSecret(place.dataDir, { password, port });
    const postmaster = await Postmaster.start({
      ...place,
      binaries,
      logFile: options.logFile ?? `${place.dataDir}.log`,
      settings: serverSettings(place.dataDir, port, {
        ...(options.fsync === false && { fsync: 'off' }),
        ...options.settings,
      }),
      notice,
    });
    return supervise(postmaster, lock, place.dataDir, { port, password });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Leaves a cluster of our version, owned by the right user, with nobody at work on it; returns its password. */
async function prepareCluster(
  { dataDir, runAs }: DataPlace,
  binaries: Binaries,
  notice: (text: string) => void,
): Promise<string> {
  const known = readSecret(dataDir);
  const password = known?.password ?? newPassword();
  if (!hasCluster(dataDir)) {
    // The secret first: data whose password nobody has written down would be of no use.
    writeSecret(dataDir, { password, port: known?.port });
    createCluster({ dataDir, binaries, runAs }, password);
    return password;
  }
  assertSameMajor(dataDir, binaries);
  await clearOrphan(dataDir, binaries, notice);
  giveTo(dataDir, runAs);
  if (!known) {
    notice(`The password file of ${dataDir} was lost: a new password is set.`);
    replacePassword({ dataDir, binaries, runAs }, password);
  }
  return password;
}

async function choosePort(
  dataDir: string,
  wanted: number | undefined,
  notice: (text: string) => void,
): Promise<number> {
  if (wanted) {
    if (await isPortFree(wanted)) return wanted;
    throw embeddedError(
      'embedded_postgres_port_taken',
      `Another program listens on 127.0.0.1:${wanted}, the port meant for the embedded PostgreSQL. ` +
        'Stop it, or choose another port.',
    );
  }
  const remembered = readSecret(dataDir)?.port;
  if (remembered && (await isPortFree(remembered))) return remembered;
  const port = await freePort();
  if (remembered) notice(`Another program has taken port ${remembered}: PostgreSQL now listens on ${port}.`);
  return port;
}

function supervise(
  postmaster: Postmaster,
  lock: OwnerLock,
  dataDir: string,
  { port, password }: { port: number; password: string },
): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await postmaster.stop();
    lock.release();
  };
  return {
    host: '127.0.0.1',
    port,
    dataDir,
    adminUrl: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    onExit(listener) {
      void postmaster.exited.then((how) => {
        if (!stopping) listener(how);
      });
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
