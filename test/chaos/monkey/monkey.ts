import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../house/installation.js';
import type { Random } from '../random.js';
import { HANDS } from './deeds.js';

/** Pause of a hand between two deeds. */
export type Pauses = Record<keyof typeof HANDS, [number, number]>;

/** Breaks things by chance until it is told to stop: first everything once, then what comes. */
export class Monkey {
  readonly done: Record<string, number> = {};
  /** Deeds that did not succeed: the run is then not what it claims to be. */
  readonly failures: string[] = [];
  private isStopping = false;
  private readonly stopped = new AbortController();
  private hands: Array<Promise<void>> = [];

  constructor(
    private readonly house: Installation,
    private readonly random: Random,
    private readonly pauses: Pauses,
  ) {}

  start(): void {
    this.hands = Object.keys(HANDS).map((hand, nth) => this.work(hand, this.random.fork(nth)));
  }

  /** @param everythingOnce waits until each deed was done */
  async stop(everythingOnce: boolean): Promise<void> {
    this.isStopping = true;
    if (!everythingOnce) this.stopped.abort();
    await Promise.all(this.hands);
    await this.house.provider.behave({});
  }

  private async work(hand: string, random: Random): Promise<void> {
    const deeds = HANDS[hand]!;
    const first = random.shuffled(Object.keys(deeds));
    for (;;) {
      const [shortest, longest] = this.pauses[hand]!;
      const pause = random.between(shortest, longest);
      await sleep(pause, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      const name = first.shift() ?? random.pick(Object.keys(deeds));
      const isOwed = this.done[name] === undefined;
      if (this.stopped.signal.aborted || (this.isStopping && !isOwed)) return;
      await this.carryOut(name, () => deeds[name]!(this.house, random));
    }
  }

  private async carryOut(name: string, deed: () => Promise<void>): Promise<void> {
    this.done[name] = (this.done[name] ?? 0) + 1;
    await deed().catch((error: unknown) => {
      this.failures.push(`${name}: ${String(error)}`);
    });
  }
}
