import { rmSync } from 'node:fs';
import type { Binaries } from './binaries.js';
import { embeddedError } from './embedded-error.js';
import { type PostmasterFile, postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { hasPid, inspectProcess, isServerCommand, serverProcesses } from './process-facts.js';
import { clusterName } from './server-settings.js';
import { signalServer } from './signal-server.js';
import { until } from './until.js';

const SHUTDOWN_MS = 60_000;
const LAST_BACKENDS_MS = 10_000;
/** Between the start of a postmaster and the time it notes in its file, and between two readings of the clock. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * Makes sure that nothing of an earlier life is at work on these data. A server whose supervisor was killed is
 * taken over: shut down in order, so that the next one runs as our child, with today's settings.
 */
export async function clearOrphan(
  dataDir: string,
  binaries: Binaries,
  notice: (text: string) => void,
): Promise<void> {
  const file = readPostmasterFile(dataDir);
  if (file && isServing(file, dataDir)) {
    notice(`Taking over the PostgreSQL server ${file.pid} that an earlier run has left behind.`);
    await shutDown(file.pid, binaries);
  }
  await waitForLastBackends(dataDir, binaries);
  // PostgreSQL would take any process with this pid (reused, or a zombie) for a living server, and refuse.
  if (file && hasPid(file.pid)) rmSync(postmasterFilePath(dataDir), { force: true });
}

function isServing(file: PostmasterFile, dataDir: string): boolean {
  const facts = inspectProcess(file.pid);
  if (!facts) return false;
  if (process.platform === 'win32') return true;
  if (!isServerCommand(facts.command)) return false;
  if (facts.command.includes(clusterName(dataDir))) return true;
  if (facts.startedAtMs !== undefined && facts.startedAtMs > file.startedAtMs + CLOCK_TOLERANCE_MS)
    return false;
  throw embeddedError(
    'embedded_postgres_busy',
    `A PostgreSQL server that this process did not name (pid ${file.pid}) may be using the data in ${dataDir}: they ` +
      `were moved or copied while it ran. Stop it (kill -INT ${file.pid}); if it serves other data, delete ` +
      `${postmasterFilePath(dataDir)} instead.`,
  );
}

async function shutDown(pid: number, binaries: Binaries): Promise<void> {
  const isGone = (): boolean => inspectProcess(pid) === undefined;
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalServer(binaries, pid, signal);
    if (await until(isGone, SHUTDOWN_MS)) return;
  }
  throw embeddedError(
    'embedded_postgres_busy',
    `The PostgreSQL server ${pid} of an earlier run does not stop.`,
  );
}

/** After a kill -9 of the postmaster its children end by themselves, but a busy one may still be writing. */
async function waitForLastBackends(dataDir: string, binaries: Binaries): Promise<void> {
  const name = clusterName(dataDir);
  const areGone = (): boolean => serverProcesses(name).length === 0;
  if (await until(areGone, LAST_BACKENDS_MS)) return;
  for (const pid of serverProcesses(name)) signalServer(binaries, pid, 'SIGQUIT');
  if (await until(areGone, LAST_BACKENDS_MS)) return;
  throw embeddedError('embedded_postgres_busy', `Processes of an earlier PostgreSQL still use ${dataDir}.`);
}
