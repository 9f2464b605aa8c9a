import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { uptime } from 'node:os';

export interface ProcessFacts {
  /** Differs between two processes that were given the same pid, reboots included. */
  startMark: string;
  /** Undefined where the system does not tell. */
  startedAtMs: number | undefined;
  command: string;
}

/** Clock ticks per second of /proc/<pid>/stat: 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/** What is known of a running process; undefined when it is gone, or a zombie nobody has reaped yet. */
export function inspectProcess(pid: number): ProcessFacts | undefined {
  if (process.platform === 'linux') return inspectByProc(pid);
  if (process.platform === 'win32') return inspectBySignal(pid);
  return inspectByPs(pid);
}

function inspectByProc(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name stands in parentheses and may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const ticks = Number(fields[19]);
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return {
      startMark: `${bootId}:${ticks}`,
      startedAtMs: Date.now() - uptime() * 1000 + (ticks / TICKS_PER_SECOND) * 1000,
      command: readCommandLine(pid),
    };
  } catch {
    return undefined;
  }
}

function readCommandLine(pid: number | string): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}

function inspectByPs(pid: number): ProcessFacts | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
    }).trim();
    // "Ss   Sun Nov 22 03:45:45 2026     /path/postgres -D …"
    const match = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d{4})\s+(.*)$/s.exec(line);
    if (!match || match[1]!.startsWith('Z')) return undefined;
    return { startMark: match[2]!, startedAtMs: Date.parse(match[2]!), command: match[3]! };
  } catch {
    return undefined;
  }
}

function inspectBySignal(pid: number): ProcessFacts | undefined {
  return hasPid(pid) ? { startMark: '', startedAtMs: undefined, command: '' } : undefined;
}

/** Is the pid in use at all, be it by a zombie? This is the question that PostgreSQL itself asks. */
export function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * The postmaster and backends of one cluster, recognised by the cluster name that PostgreSQL puts into
 * its process titles. Command lines can be read across users even in containers, unlike /proc/<pid>/cwd.
 */
export function serverProcesses(clusterName: string): number[] {
  return runningCommands()
    .filter(({ command }) => isServerCommand(command) && command.includes(clusterName))
    .map(({ pid }) => pid);
}

function runningCommands(): { pid: number; command: string }[] {
  if (process.platform === 'win32') return [];
  if (process.platform === 'linux') {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.map((pid) => ({ pid: Number(pid), command: inspectProcess(Number(pid))?.command ?? '' }));
  }
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,command='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid = '', ...command] = line.trim().split(/\s+/);
    return { pid: Number(pid), command: command.join(' ') };
  });
}

/** "/path/to/postgres -D …" (postmaster) or "postgres: cluster: checkpointer" (its children). */
export function isServerCommand(command: string): boolean {
  return /(^|[\\/])postgres(\.exe)?(:| -D)/.test(command);
}
