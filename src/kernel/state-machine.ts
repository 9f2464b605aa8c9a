import { DomainError } from './domain-error.js';

/** For each state, the states it may move to. A state without targets is final. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

/** A life cycle as data: which states there are, where a life starts, and which moves are allowed. */
export class StateMachine<S extends string> {
  readonly states: readonly S[];

  constructor(
    readonly name: string,
    readonly initial: S,
    private readonly transitions: Transitions<S>,
  ) {
    this.states = Object.keys(transitions) as S[];
    const faults = this.graphFaults();
    if (faults.length > 0) throw new Error(`State machine ${name}: ${faults.join('; ')}`);
  }

  canMove(from: S, to: S): boolean {
    return this.transitions[from].includes(to);
  }

  isFinal(state: S): boolean {
    return this.transitions[state].length === 0;
  }

  /** @throws DomainError `<name>_transition_refused` (conflict) */
  assertMove(from: S, to: S): void {
    if (!this.canMove(from, to)) {
      throw new DomainError(
        'conflict',
        `${this.name}_transition_refused`,
        `A ${this.name} cannot go from ${from} to ${to}.`,
        {
          params: { from, to },
        },
      );
    }
  }

  /** Unknown targets, self-loops, and states that no path reaches. Checked when the table is loaded, so at every boot. */
  private graphFaults(): string[] {
    const faults: string[] = [];
    const reached = new Set<S>();
    const toVisit: S[] = [this.initial];
    for (let state = toVisit.pop(); state !== undefined; state = toVisit.pop()) {
      if (reached.has(state)) continue;
      reached.add(state);
      for (const target of this.transitions[state] ?? []) {
        if (!(target in this.transitions)) faults.push(`${state} leads to the unknown state ${target}`);
        else if (target === state) faults.push(`${state} leads to itself`);
        else toVisit.push(target);
      }
    }
    for (const state of this.states) if (!reached.has(state)) faults.push(`${state} cannot be reached`);
    return faults;
  }
}
