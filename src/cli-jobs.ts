import { withCliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { isUuid } from './kernel/ids.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { DeadJobs, type DeadJob } from './platform/queue/dead-jobs.js';

const SHOWN = 100;

export function jobsDead(): Promise<string> {
  return withDeadJobs(async (jobs) => {
    const dead = await jobs.list(SHOWN);
    return dead.length === 0 ? 'No job was given up.' : dead.map(describe).join('\n');
  });
}

export async function jobsRevive({ id }: Record<string, string>): Promise<string> {
  if (!id || (id !== 'all' && !isUuid(id))) throw new CliError('--id: an id that jobs:dead shows, or "all"');
  const revived = await withDeadJobs((jobs) => jobs.revive(id === 'all' ? null : id));
  if (revived === 0) throw new CliError('No dead job was found.');
  return `Due again: ${revived}.`;
}

export async function jobsForget({ id }: Record<string, string>): Promise<string> {
  if (!id || !isUuid(id)) throw new CliError('--id: an id that jobs:dead shows');
  if (!(await withDeadJobs((jobs) => jobs.forget(id)))) throw new CliError('No dead job was found.');
  return 'Forgotten.';
}

function withDeadJobs<T>(work: (jobs: DeadJobs) => Promise<T>): Promise<T> {
  return withCliContext([], (get) => work(new DeadJobs(get(UnitOfWork))));
}

function describe({ id, job, attempts, diedAt, lastError }: DeadJob): string {
  const cause = lastError?.split('\n')[0] ?? 'unknown';
  return `${id}  ${job}  given up ${diedAt.toISOString()} after ${attempts} attempts: ${cause}`;
}
