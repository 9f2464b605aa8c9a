import type { ChildProcess } from 'node:child_process';

/** Gives the lease on the database server back; the last one to do so stops the server. */
export default async function globalTeardown(): Promise<void> {
  const state = globalThis as { oboleTestDatabase?: ChildProcess };
  const child = state.oboleTestDatabase;
  delete state.oboleTestDatabase;
  if (!child || child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}
