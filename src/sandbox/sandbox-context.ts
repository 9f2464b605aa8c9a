import type { Clock } from '../kernel/clock.js';
import type { Behaviour } from './faults/behaviour.js';
import type { SandboxState } from './state/sandbox-state.js';
import type { PaymentRecord } from './state/records.js';

/** One line for the person who runs it. Never a name, an address or a key. */
export type SandboxLogger = (message: string) => void;

/** What the parts of a running sandbox share. */
export interface SandboxContext {
  readonly state: SandboxState;
  readonly clock: Clock;
  readonly behaviour: Behaviour;
  readonly log: SandboxLogger;
  /** Known once the servers listen; both without a slash at the end. */
  readonly urls: { api: string; checkout: string };
  /** Tells the merchant that something happened to the payment. */
  notify(payment: PaymentRecord): void;
  /** Sends what is due; resolves when those calls were answered. Returns how many were made. */
  deliverDue(): Promise<number>;
}
