import { spawnSync } from 'node:child_process';
import type { Binaries } from './binaries.js';

/** SIGINT: fast shutdown, in order. SIGQUIT: at once, with recovery at the next start. */
export type ServerSignal = 'SIGINT' | 'SIGQUIT' | 'SIGKILL';

export function signalServer(binaries: Binaries, pid: number, signal: ServerSignal): void {
  // Windows has no signals: there pg_ctl speaks to the server through a pipe of its own.
  if (process.platform === 'win32' && signal !== 'SIGKILL') {
    spawnSync(binaries.pgCtl, ['kill', signal.slice(3), String(pid)]);
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
