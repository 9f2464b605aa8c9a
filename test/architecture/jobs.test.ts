import { describe, expect, it } from '@jest/globals';
import { Module, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { AppModule } from '../../src/app.module.js';
import { defineEvent, ListensTo } from '../../src/platform/events/domain-events.js';
import {
  QUEUES,
  defineJob,
  definedJobs,
  handledJob,
  HandlesJob,
} from '../../src/platform/queue/define-job.js';
import { JobRegistry } from '../../src/platform/queue/job-registry.js';
import { startTestApp } from '../support/app.js';

void AppModule;
const real = [...definedJobs().keys()];
const lonely = defineJob({ name: 'tests.lonely', queue: 'sweeps', attempts: 1, backoffMs: 1 });

class Handler {
  async run(): Promise<void> {}
}

/** A handler for each of the given jobs. */
function handlersFor(names: string[]): Type[] {
  return names.map((name) => {
    class Some extends Handler {}
    HandlesJob(definedJobs().get(name)!)(Some);
    return Some;
  });
}

async function boot(providers: Type[]): Promise<void> {
  @Module({ imports: [DiscoveryModule], providers: [JobRegistry, ...providers] })
  class JobsOnly {}
  const module = await Test.createTestingModule({ imports: [JobsOnly] }).compile();
  await module.init();
  await module.close();
}

describe('jobs', () => {
  it('have dotted names, a queue, and a patience that ends', () => {
    expect(real).toEqual(expect.arrayContaining(['payments.sync', 'receipts.issue', 'mailing.send']));
    for (const { name, queue, attempts, backoffMs } of definedJobs().values()) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
      expect(QUEUES).toContain(queue);
      expect([attempts > 0 && attempts < 100, backoffMs > 0]).toEqual([true, true]);
    }
  });

  it('with one handler each let the application boot', async () => {
    await boot(handlersFor([...real, lonely.name]));
  });

  it('without a handler stop the boot by name', async () => {
    await expect(boot(handlersFor(real))).rejects.toThrow('Jobs without a handler: tests.lonely.');
  });

  it('with two handlers stop the boot by name', async () => {
    await expect(boot(handlersFor([...real, lonely.name, lonely.name]))).rejects.toThrow(
      'The job tests.lonely has two handlers.',
    );
  });

  it('handled but never defined stop the boot by name', async () => {
    class Stray extends Handler {}
    HandlesJob({ name: 'tests.stray', queue: 'sweeps', attempts: 1, backoffMs: 1 })(Stray);
    expect(handledJob(Stray)).toBe('tests.stray');
    await expect(boot([...handlersFor([...real, lonely.name]), Stray])).rejects.toThrow(
      /tests\.stray.*no defineJob/,
    );
  });

  it('missing from the real application stop it too', async () => {
    // tests.lonely is defined in this process, and the platform has no handler for it.
    await expect(startTestApp()).rejects.toThrow('Jobs without a handler: tests.lonely.');
  });

  it('defined twice are refused at once', () => {
    expect(() => defineJob({ ...lonely })).toThrow('The job tests.lonely is defined twice.');
  });
});

describe('events', () => {
  it('are only heard by providers that say so', () => {
    const event = defineEvent<{ id: string }>('TestsHappened');
    class Listener {
      async on(): Promise<void> {}
    }
    expect(() => ListensTo(event)(Listener)).not.toThrow();
  });
});
