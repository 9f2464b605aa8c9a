import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';

export interface Answered {
  status: number;
  location: string | undefined;
  text: string;
}

const ANSWER_PATIENCE_MS = 20_000;
/** A second tab may hold the key; a killed request holds it for two minutes, unless time is made to pass. */
const TRY_AGAIN = new Set([409, 429, 500, 502, 503, 504]);
/** A 409 that another attempt would not change. */
const FINAL_CODES = new Set(['payment_not_refundable', 'refund_exceeds_remaining', 'donation_already_paid']);
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/** Sends what breaks or is answered 503 again, as it was, until it is answered or patience ends. */
export class PatientClient {
  /** How often something had to be sent again. */
  retries = 0;

  constructor(
    private readonly frontUrl: string,
    private readonly random: Random,
    private readonly patienceMs: number,
  ) {}

  /** @returns undefined when patience ended without an answer */
  async send(method: string, path: string, init: RequestInit = {}): Promise<Answered | undefined> {
    const deadline = Date.now() + this.patienceMs;
    for (let nth = 1; ; nth += 1) {
      const answer = await this.once(method, path, init).catch(() => undefined);
      if (answer && isFinal(answer)) return answer;
      if (Date.now() > deadline) return undefined;
      this.retries += 1;
      await sleep(Math.min(PAUSE_MS * nth, LONGEST_PAUSE_MS) * (0.5 + this.random.next()));
    }
  }

  async once(method: string, path: string, init: RequestInit = {}): Promise<Answered> {
    const response = await fetch(new URL(path, this.frontUrl), {
      ...init,
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_PATIENCE_MS),
    });
    const text = await response.text();
    return { status: response.status, location: response.headers.get('location') ?? undefined, text };
  }
}

function isFinal({ status, text }: Answered): boolean {
  if (!TRY_AGAIN.has(status)) return true;
  if (status !== 409) return false;
  const code = /"code":"(\w+)"/.exec(text)?.[1];
  return code !== undefined && FINAL_CODES.has(code);
}
