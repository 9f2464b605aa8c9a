import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../house/installation.js';
import type { Random } from '../random.js';
import { HANDS, type Deed } from './deeds.js';

/** Pause of a hand between two deeds. */
export type Pauses = Record<keyof typeof HANDS, [number, number]>;

/** Breaks things by chance until it is told to stop: first everything once, then what comes. */
export class Monkey {
  readonly done: Record<string, number> = {};
  /** Deeds that did not succeed: the run is then not what it claims to be. */
  readonly failures: string[] = [];
  private readonly hands: Hand[];

  constructor(
    private readonly house: Installation,
    random: Random,
    pauses: Pauses,
  ) {
    this.hands = Object.keys(HANDS).map((name, nth) => new Hand(this, name, random.fork(nth), pauses[name]!));
  }

  work(): void {
    for (const hand of this.hands) hand.work();
  }

  /** What has begun comes to its end. */
  async rest(): Promise<void> {
    await Promise.all(this.hands.map((hand) => hand.rest()));
    await this.house.provider.behave({});
    await this.house.provider.deliver({});
  }

  /** Each deed that was not done yet is done. */
  async everythingOnce(): Promise<void> {
    await Promise.all(this.hands.map((hand) => hand.everythingOnce()));
  }

  async carryOut(name: string, deed: (house: Installation) => Promise<void>): Promise<void> {
    this.done[name] = (this.done[name] ?? 0) + 1;
    await deed(this.house).catch((error: unknown) => {
      this.failures.push(`${name}: ${String(error)}`);
    });
  }
}

/** Does one thing at a time. */
class Hand {
  private readonly deeds: Record<string, Deed>;
  private readonly owed: string[];
  private resting: AbortController | undefined;
  private working = Promise.resolve();

  constructor(
    private readonly monkey: Monkey,
    name: string,
    private readonly random: Random,
    private readonly pauses: [number, number],
  ) {
    this.deeds = HANDS[name]!;
    this.owed = random.shuffled(Object.keys(this.deeds));
  }

  work(): void {
    this.resting = new AbortController();
    this.working = this.untilRest(this.resting.signal);
  }

  async rest(): Promise<void> {
    this.resting?.abort();
    await this.working;
  }

  async everythingOnce(): Promise<void> {
    while (this.owed.length > 0) await sleep(100);
  }

  private async untilRest(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(this.random.between(...this.pauses), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const name = this.owed[0] ?? this.random.pick(Object.keys(this.deeds));
      await this.monkey.carryOut(name, (house) => this.deeds[name]!(house, this.random));
      if (this.owed[0] === name) this.owed.shift();
    }
  }
}
