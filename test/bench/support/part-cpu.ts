import type { Cpu } from './cpu.js';
import { round, type Sample } from './measure.js';

interface HasCpu {
  call(name: 'cpu'): Promise<Cpu>;
}

/** A slice, and the processor time that one part took for it. */
export async function withCpu(part: HasCpu, work: () => Promise<Sample>): Promise<Sample> {
  const before = await part.call('cpu');
  const sample = await work();
  return { ...sample, cpuMs: (await part.call('cpu')).ms - before.ms };
}

export function cpuMsPerPiece(samples: Sample[]): number {
  const pieces = samples.reduce((sum, { times }) => sum + times.length, 0);
  return round(samples.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0) / pieces, 2);
}
