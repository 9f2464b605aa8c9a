import { performance } from 'node:perf_hooks';

export interface Cpu {
  /** Processor time of this process. */
  ms: number;
  /** When it was read, on this process's clock. */
  at: number;
}

export function cpuOfThisProcess(): Cpu {
  const { user, system } = process.cpuUsage();
  return { ms: (user + system) / 1000, at: performance.now() };
}
