import { z } from 'zod';

const times = z.int().min(0).max(1_000_000);
/** 0.3: three in ten. 4: the next four. */
const rateOrNext = z.union([z.number().min(0).max(1), times]);

const delayMs = z.int().min(0).max(86_400_000);

/** What can be made to go wrong. Counters count down to nothing. */
export const behaviourSchema = z.strictObject({
  /** Only requests with this verb are disturbed; absent: all. */
  only: z.enum(['GET', 'POST', 'DELETE']).optional(),
  /** Only requests whose path starts so: `/oauth2/tokens`, `/v2/payments`; absent: all. */
  onlyPath: z.string().startsWith('/').optional(),
  latencyMs: z.int().min(0).max(600_000).optional(),
  failNext: z
    .strictObject({
      times,
      status: z.int().min(400).max(599),
      retryAfterSeconds: z.int().min(0).max(3600).optional(),
    })
    .optional(),
  answerHtml: times.optional(),
  hang: times.optional(),
  dropConnection: times.optional(),
  /** The work is done, only the answer never comes. */
  hangAfterWork: times.optional(),
  dropAfterWork: times.optional(),
  /** A refund starts here; `queued` is what Mollie says while the balance is too low. */
  refundsStart: z.enum(['queued', 'pending']).optional(),
  /** How charges of a mandate end; absent: cards and PayPal are paid, banks wait. */
  recurring: z
    .strictObject({
      outcome: z.enum(['paid', 'pending', 'failed']).optional(),
      failureReason: z.string().optional(),
      /** Of cards and PayPal. */
      delayMs: delayMs.optional(),
      /** Of direct debits. */
      settleAfterMs: delayMs.optional(),
      /** The answer to the POST already tells the end, if it is due. */
      atOnce: z.boolean().optional(),
    })
    .optional(),
  failNextRecurring: z.strictObject({ times, failureReason: z.string().optional() }).optional(),
  webhooks: z
    .strictObject({
      lose: rateOrNext.optional(),
      double: rateOrNext.optional(),
      delayMs: delayMs.optional(),
      reorder: z.boolean().optional(),
    })
    .optional(),
});
export type BehaviourSettings = z.infer<typeof behaviourSchema>;

type Counter = 'answerHtml' | 'hang' | 'dropConnection' | 'hangAfterWork' | 'dropAfterWork';

/** The disturbances now in force. Not kept over a restart: a fresh sandbox behaves. */
export class Behaviour {
  settings: BehaviourSettings = {};

  constructor(private readonly random: () => number = Math.random) {}

  replace(settings: BehaviourSettings): void {
    this.settings = settings;
  }

  disturbs(verb: string, path: string): boolean {
    const { only = verb, onlyPath = '' } = this.settings;
    return only === verb && path.startsWith(onlyPath);
  }

  /** True as often as was asked for. */
  take(counter: Counter): boolean {
    const left = this.settings[counter] ?? 0;
    if (left === 0) return false;
    this.settings[counter] = left - 1;
    return true;
  }

  takeFailure(): { status: number; retryAfterSeconds?: number } | null {
    const failure = this.settings.failNext;
    if (!failure || failure.times === 0) return null;
    failure.times -= 1;
    return failure;
  }

  takeRecurringFailure(): { failureReason?: string } | null {
    const failure = this.settings.failNextRecurring;
    if (!failure || failure.times === 0) return null;
    failure.times -= 1;
    return failure;
  }

  /** 1 counts as "the next one": a rate of everything is written as a large number. */
  takeWebhook(what: 'lose' | 'double'): boolean {
    const webhooks = this.settings.webhooks;
    const value = webhooks?.[what] ?? 0;
    if (!webhooks || value === 0) return false;
    if (value < 1) return this.random() < value;
    webhooks[what] = value - 1;
    return true;
  }
}
