import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../../src/kernel/ids.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { HandlesJob, defineJob, type JobHandler } from '../../../src/platform/queue/define-job.js';
import { Outbox } from '../../../src/platform/queue/outbox.js';
import { Books } from '../../support/books.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { startPlatform, type PlatformApp } from '../../support/platform-app.js';
import { startRedis, type TestRedis } from '../../support/redis.js';
import { describeWith } from '../../support/tools/describe-with.js';

type Work = { key: string };
const workJob = defineJob<Work>({ name: 'test.work', queue: 'money', attempts: 3, backoffMs: 100 });
const hangJob = defineJob<Work>({ name: 'test.hang', queue: 'mail', attempts: 3, backoffMs: 100 });

/** What the handlers were asked, and what they are to do. */
const runs: Array<{ key: string; at: number }> = [];
const exhausted: Array<{ key: string; message: string }> = [];
let failuresLeft = 0;
let hanging: Array<() => void> = [];

@HandlesJob(workJob)
class Worker implements JobHandler<Work> {
  async run({ key }: Work): Promise<void> {
    runs.push({ key, at: Date.now() });
    if (failuresLeft > 0) {
      failuresLeft -= 1;
      throw new Error('not today');
    }
  }
  async onExhausted({ key }: Work, { message }: Error): Promise<void> {
    exhausted.push({ key, message });
  }
}

@HandlesJob(hangJob)
class Hanger implements JobHandler<Work> {
  run(): Promise<void> {
    return new Promise((resolve) => hanging.push(resolve));
  }
}

@HandlesJob(workJob)
class SecondWorker extends Worker {}

const of = (key: string) => runs.filter((run) => run.key === key);

function carriesJobs(redis: () => TestRedis | undefined): void {
  let app: PlatformApp;
  let books: Books;

  beforeAll(async () => {
    runs.length = 0;
    exhausted.length = 0;
    app = await startPlatform([Worker, Hanger], { redisUrl: redis()?.url, leaseMs: 1_000 });
    books = new Books(app);
  });
  afterEach(() => {
    hanging.forEach((end) => end());
    hanging = [];
    failuresLeft = 0;
  });
  afterAll(async () => {
    await books.close();
    await app.close();
  });

  const inUnit = <T>(work: () => Promise<T>): Promise<T> => app.get(UnitOfWork).inTenant(newId(), work);
  const stage = (key: string, delayMs = 0) => inUnit(() => app.get(Outbox).stage(workJob, { key }, delayMs));
  const untilGone = () =>
    eventually(async () => (await books.jobs('test.work')).length === 0, 'no job is left');

  it('a job staged in a unit that is undone never was', async () => {
    await expect(
      inUnit(async () => {
        await app.get(Outbox).stage(workJob, { key: 'undone' });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    await stage('kept');
    await eventually(() => of('kept').length === 1);
    await untilGone();
    expect(of('undone')).toEqual([]);
  });

  it('a job does not start before the unit that staged it is committed', async () => {
    await inUnit(async () => {
      await app.get(Outbox).stage(workJob, { key: 'early' });
      await sleep(300);
      expect(of('early')).toEqual([]);
    });
    await eventually(() => of('early').length === 1);
  });

  it('a job that asks for later is done later', async () => {
    const from = Date.now();
    await stage('later', 600);
    await eventually(() => of('later').length === 1);
    expect(of('later')[0]!.at - from).toBeGreaterThanOrEqual(550);
  });

  it('a job that fails is tried again after pauses that double, and is done once it succeeds', async () => {
    failuresLeft = 2;
    await stage('twice');
    await eventually(() => of('twice').length === 3, 'it is tried three times');
    const [first, second, third] = of('twice').map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(100);
    expect(third - second).toBeGreaterThanOrEqual(200);
    await untilGone();
    expect(exhausted.filter(({ key }) => key === 'twice')).toEqual([]);
  });

  it('after the last attempt it is given up once, and its row is kept with the reason', async () => {
    failuresLeft = 99;
    await stage('hopeless');
    await eventually(
      async () => (await books.jobs('test.work')).some(({ isDead }) => isDead),
      'it is given up',
    );
    await sleep(400);
    expect(of('hopeless')).toHaveLength(3);
    expect(exhausted.filter(({ key }) => key === 'hopeless')).toEqual([
      { key: 'hopeless', message: 'not today' },
    ]);
    expect(await books.jobs('test.work')).toMatchObject([
      { attempts: 3, isDead: true, lastError: 'not today' },
    ]);
    await books.rows(`DELETE FROM outbox WHERE job = 'test.work'`);
  });

  it('jobs of one queue that hang do not hold up another queue', async () => {
    for (let nth = 0; nth < 10; nth += 1) await inUnit(() => app.get(Outbox).stage(hangJob, { key: 'hang' }));
    await eventually(() => hanging.length >= 4, 'every place of the queue is taken');
    const from = Date.now();
    await stage('money');
    await eventually(() => of('money').length === 1);
    expect(Date.now() - from).toBeLessThan(2_000);
    await eventually(async () => {
      hanging.forEach((end) => end());
      return (await books.jobs('test.hang')).length === 0;
    }, 'what hung is done');
  });

  it('a job that takes longer than its lease is not given to a second one', async () => {
    await inUnit(() => app.get(Outbox).stage(hangJob, { key: 'long' }));
    await eventually(() => hanging.length === 1);
    await sleep(2_500);
    expect(hanging).toHaveLength(1);
  });
}

describe('jobs straight from the outbox', () => {
  carriesJobs(() => undefined);
});

describeWith('redis', 'jobs by Bull', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  carriesJobs(() => redis);
});

describe('the boot', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('refuses a job without a handler, by name', async () => {
    await expect(startPlatform([Worker], { database })).rejects.toThrow('Jobs without a handler: test.hang.');
  });

  it('refuses a job with two handlers', async () => {
    const providers = [Worker, SecondWorker, Hanger];
    await expect(startPlatform(providers, { database })).rejects.toThrow(
      'The job test.work has two handlers.',
    );
  });
});
