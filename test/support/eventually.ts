import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 45_000;

/** Asks again every 25 ms until the answer is neither undefined, null nor false. */
export async function eventually<T>(
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  what = 'it happens',
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs} ms in vain until ${what}.`);
    await sleep(25);
  }
}
