import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HandlesJob, defineJob, type JobHandler } from '../../../src/platform/queue/define-job.js';
import { RunsEvery } from '../../../src/platform/queue/periodic.js';
import { Books } from '../../support/books.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPlatform } from '../../support/platform-app.js';

const HOUR_MS = 3_600_000;
const sweepJob = defineJob<Record<string, never>>({
  name: 'test.sweep',
  queue: 'sweeps',
  attempts: 1,
  backoffMs: 100,
});
let runs = 0;

@RunsEvery(HOUR_MS)
@HandlesJob(sweepJob)
class Sweeper implements JobHandler<Record<string, never>> {
  async run(): Promise<void> {
    runs += 1;
  }
}

let database: TestDatabase;
let books: Books;

beforeAll(async () => {
  database = await createTestDatabase();
  books = new Books({ database });
});
afterAll(async () => {
  await books.close();
  await database.drop();
});

/** Boots one process and ends it, as a restart does. */
async function startAndStop(untilRuns: number): Promise<void> {
  const app = await startPlatform([Sweeper], { database });
  await eventually(() => runs >= untilRuns, 'the sweep ran');
  await app.close();
}

const hoursPass = (hours: number) =>
  books.rows(`UPDATE periodic_jobs SET staged_at = staged_at - $1 * interval '1 hour'`, [hours]);
const stagedAt = async () =>
  (await books.rows<{ at: Date }>(`SELECT staged_at AS at FROM periodic_jobs WHERE job = 'test.sweep'`))[0]!
    .at;

describe('a job that comes again and again', () => {
  it('lets its interval pass before the first time', async () => {
    await startAndStop(0);
    expect(runs).toBe(0);
    expect(await stagedAt()).toBeInstanceOf(Date);
  });

  it('is not put off by a restart, and not doubled by one', async () => {
    await hoursPass(0.5);
    const before = await stagedAt();
    await startAndStop(0);
    expect(runs).toBe(0);
    expect(await stagedAt()).toEqual(before);

    await hoursPass(0.6);
    await startAndStop(1);
    await startAndStop(1);
    expect(runs).toBe(1);
  });

  it('comes once after a long absence, also with several processes', async () => {
    await hoursPass(100);
    const apps = await Promise.all([1, 2, 3].map(() => startPlatform([Sweeper], { database })));
    await eventually(() => runs === 2, 'the sweep ran');
    await eventually(async () => (await books.jobs('test.sweep')).length === 0, 'no job is left');
    await Promise.all(apps.map((app) => app.close()));
    expect(runs).toBe(2);
  });
});
