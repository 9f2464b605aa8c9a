import { performance } from 'node:perf_hooks';
import { FindDuePlansHandler } from '../../../src/donations/plans/find-due-plans.handler.js';
import { JobExecutor } from '../../../src/platform/queue/job-executor.js';
import type { Get } from './gift-procedures.js';

/** The scheduler's look at the calendar, and how long each job took from its hands to its end. */
export function planProcedures(get: Get) {
  let times: number[] | undefined;

  const timed = (): number[] => {
    const kept: number[] = [];
    const executor = get(JobExecutor);
    const execute = executor.execute.bind(executor);
    executor.execute = async (row) => {
      const begun = performance.now();
      try {
        return await execute(row);
      } finally {
        kept.push(performance.now() - begun);
      }
    };
    return kept;
  };

  return {
    findDuePlans: () => get(FindDuePlansHandler).run(),
    /** Since it was asked last. */
    jobTimes: (): number[] => {
      times ??= timed();
      return times.splice(0);
    },
  };
}
