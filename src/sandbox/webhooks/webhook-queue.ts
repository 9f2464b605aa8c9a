import type { Clock } from '../../kernel/clock.js';
import type { Behaviour } from '../faults/behaviour.js';
import type { SandboxLogger } from '../sandbox-context.js';
import { randomId } from '../state/random-id.js';
import type { DeliveryRecord, PaymentRecord } from '../state/records.js';
import type { SandboxState } from '../state/sandbox-state.js';
import { sendWebhook } from './send-webhook.js';

const MINUTE = 60_000;

/** When the ten attempts are made, counted from the event (docs.mollie.com, "Webhooks"). */
export const MOLLIE_ATTEMPTS_MS: readonly number[] = [0, 1, 3, 7, 15, 31, 60, 120, 240, 1560].map(
  (minutes) => minutes * MINUTE,
);

const CONCURRENCY = 8;
const LOOK_EVERY_MS = 250;
/** Reordered webhooks are gathered for so long, then sent latest first. */
const REORDER_WINDOW_MS = 150;

interface QueueOptions {
  state: SandboxState;
  clock: Clock;
  behaviour: Behaviour;
  log: SandboxLogger;
  attemptsAtMs: readonly number[];
}

/** Calls the merchant until it answers. What is owed is kept on disk: a restart goes on where it stopped. */
export class WebhookQueue {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private gatheringUntil = 0;

  constructor(private readonly options: QueueOptions) {}

  start(): void {
    this.timer = setInterval(() => void this.sendDue(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Must be called in the same turn as the change it tells of: then both are kept, or neither. */
  add(payment: PaymentRecord): void {
    if (payment.webhookUrl === null) return;
    const { behaviour, clock, attemptsAtMs } = this.options;
    if (behaviour.takeWebhook('lose')) return;
    const copies = behaviour.takeWebhook('double') ? 2 : 1;
    const happenedAt = this.heldUntil(clock.now().getTime());
    for (let i = 0; i < copies; i++) {
      this.options.state.deliveries.save({
        id: randomId('wh'),
        paymentId: payment.id,
        url: payment.webhookUrl,
        happenedAt: new Date(happenedAt).toISOString(),
        attemptsMade: 0,
        dueAt: new Date(happenedAt + (attemptsAtMs[0] ?? 0)).toISOString(),
      });
    }
    setImmediate(() => void this.sendDue());
  }

  /** Late by what was asked for; to be reordered, all that happen within a window wait for its end. */
  private heldUntil(now: number): number {
    const { delayMs = 0, reorder = false } = this.options.behaviour.settings.webhooks ?? {};
    if (!reorder) return now + delayMs;
    if (now >= this.gatheringUntil) this.gatheringUntil = now + delayMs + REORDER_WINDOW_MS;
    return this.gatheringUntil;
  }

  /** Sends what is due, waits for the answers, and says how many calls it made. */
  async deliverDue(): Promise<number> {
    let calls = 0;
    for (;;) {
      const started = this.sendDue();
      calls += started;
      if (started === 0 && this.underWay.size === 0) return calls;
      await Promise.all(this.underWay.values());
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all(this.underWay.values());
  }

  private sendDue(): number {
    // Latest first means one after the other: at once, the network would choose the order.
    const free = (this.options.behaviour.settings.webhooks?.reorder ? 1 : CONCURRENCY) - this.underWay.size;
    if (free <= 0 || this.stopping.signal.aborted) return 0;
    const due = this.dueNow().slice(0, free);
    for (const delivery of due) {
      const attempt = this.attempt(delivery).finally(() => {
        this.underWay.delete(delivery.id);
        setImmediate(() => void this.sendDue());
      });
      this.underWay.set(delivery.id, attempt);
    }
    return due.length;
  }

  private dueNow(): DeliveryRecord[] {
    const now = this.options.clock.now().toISOString();
    const due: DeliveryRecord[] = [];
    for (const delivery of this.options.state.deliveries.values()) {
      if (delivery.dueAt <= now && !this.underWay.has(delivery.id)) due.push(delivery);
      // With thousands owed, looking at all of them for each free place would be quadratic.
      if (due.length > CONCURRENCY && !this.options.behaviour.settings.webhooks?.reorder) break;
    }
    return this.options.behaviour.settings.webhooks?.reorder ? due.reverse() : due;
  }

  private async attempt(delivery: DeliveryRecord): Promise<void> {
    const { state, log, attemptsAtMs } = this.options;
    try {
      await state.settled(); // the merchant will ask at once, and must find what it is told about
      const answered = await sendWebhook(delivery.url, delivery.paymentId, this.stopping.signal);
      if (this.stopping.signal.aborted) return; // kept as it was: made again after the restart
      if (!state.deliveries.has(delivery.id)) return; // forgotten by a reset meanwhile
      delivery.attemptsMade += 1;
      const next = attemptsAtMs[delivery.attemptsMade];
      if (answered || next === undefined) {
        if (!answered) log(`No answer to the webhooks of ${delivery.paymentId}: gave up.`);
        state.deliveries.forget(delivery.id);
      } else {
        delivery.dueAt = new Date(Date.parse(delivery.happenedAt) + next).toISOString();
        state.deliveries.save(delivery);
      }
    } catch (error) {
      log(`Webhooks stopped: ${(error as Error).message}`);
      this.stopping.abort();
    }
  }
}
