import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The lines of postmaster.pid that matter here (PostgreSQL: src/include/utils/pidfile.h). */
export interface PostmasterFile {
  pid: number;
  startedAtMs: number;
  port: number;
  /** "starting", "ready", "stopping"; empty while the file is being written. */
  status: string;
}

export const postmasterFilePath = (dataDir: string): string => join(dataDir, 'postmaster.pid');

export function readPostmasterFile(dataDir: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(postmasterFilePath(dataDir), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    return {
      pid,
      startedAtMs: Number(lines[2]) * 1000,
      port: Number(lines[3]),
      status: lines[7]?.trim() ?? '',
    };
  } catch {
    return undefined;
  }
}
