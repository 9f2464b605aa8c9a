import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../house/found-association.js';
import type { Random } from '../random.js';

/** What the platform answered to a gift that it took. */
export interface TakenGift {
  id: string;
  checkoutUrl: string | null;
  statusUrl: string;
}

export interface Wish {
  cents: number;
  wantsReceipt: boolean;
  frequency: string;
}

const ANSWER_PATIENCE_MS = 20_000;
/** A second tab may hold the key; a killed request holds it for two minutes, unless time is made to pass. */
const TRY_AGAIN = new Set([409, 429, 500, 502, 503, 504]);
const PAUSE_MS = 250;

/**
 * A donor's browser or program: what breaks or answers 503 is sent again with the same key, as documented, until it
 * is answered or the donor has had enough.
 */
export class Donor {
  readonly email: string;
  /** How often something had to be sent again. */
  retries = 0;

  constructor(
    private readonly frontUrl: string,
    private readonly place: Place,
    readonly number: number,
    private readonly random: Random,
    private readonly patienceMs: number,
  ) {
    this.email = `donor.${number}@example.org`;
  }

  /** @returns undefined when the donor gave up: nobody ever said that the gift was taken */
  async give(wish: Wish, key: string): Promise<TakenGift | undefined> {
    const answer = await this.send('POST', this.place.donationsPath, {
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(this.body(wish)),
    });
    if (!answer) return undefined;
    if (answer.status !== 201) throw new Error(`A gift was answered ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as TakenGift;
  }

  /** The page after the payment, which asks the provider. It may be away: the donor then closes the tab. */
  async look(gift: TakenGift): Promise<void> {
    await this.once('GET', pageOf(gift), {}).catch(() => undefined);
  }

  /** "Try again" on the gift's page. @returns where to pay, or undefined when the page did not lead there */
  async tryAgain(gift: TakenGift): Promise<string | undefined> {
    const answer = await this.send('POST', `${pageOf(gift)}/reessayer`, { body: new URLSearchParams() });
    return answer?.location?.includes('/checkout/') ? answer.location : undefined;
  }

  /** Sends the form of the provider's checkout page. */
  async pay(checkoutUrl: string, outcome: string, method = 'creditcard'): Promise<void> {
    const response = await fetch(checkoutUrl, {
      method: 'POST',
      body: new URLSearchParams({ method, outcome }),
      redirect: 'manual',
    });
    if (response.status !== 303) throw new Error(`The checkout page answered ${response.status}.`);
    await response.body?.cancel();
  }

  private async send(method: string, path: string, init: RequestInit) {
    const deadline = Date.now() + this.patienceMs;
    for (let nth = 1; ; nth += 1) {
      const answer = await this.once(method, path, init).catch(() => undefined);
      if (answer && !TRY_AGAIN.has(answer.status)) return answer;
      if (Date.now() > deadline) return undefined;
      this.retries += 1;
      await sleep(Math.min(PAUSE_MS * nth, 2_000) * (0.5 + this.random.next()));
    }
  }

  private async once(method: string, path: string, init: RequestInit) {
    const response = await fetch(new URL(path, this.frontUrl), {
      ...init,
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_PATIENCE_MS),
    });
    const text = await response.text();
    return { status: response.status, location: response.headers.get('location') ?? undefined, text };
  }

  private body({ cents, wantsReceipt, frequency }: Wish) {
    return {
      amount: { cents, currency: 'EUR' },
      frequency,
      wantsReceipt,
      donor: {
        kind: 'individual',
        firstName: 'Camille',
        lastName: `Martin ${this.number}`,
        email: this.email,
        address: { line1: '8 rue des Écluses', postalCode: '75010', city: 'Paris', country: 'FR' },
      },
    };
  }
}

const pageOf = ({ statusUrl }: TakenGift): string => `/don/${statusUrl.split('/').at(-1)}`;
