import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every 20 ms; false when the time is over. */
export async function until(isDone: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!isDone()) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
