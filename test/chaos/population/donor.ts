import type { Place } from '../house/found-association.js';
import type { PatientClient } from './patient-client.js';

/** What the platform answered to a gift that it took. */
export interface TakenGift {
  id: string;
  checkoutUrl: string | null;
  statusUrl: string;
}

export interface Wish {
  cents: number;
  wantsReceipt: boolean;
  frequency: 'once' | 'monthly';
}

/** A donor's browser or program. */
export class Donor {
  readonly email: string;

  constructor(
    private readonly client: PatientClient,
    private readonly place: Place,
    readonly number: number,
  ) {
    this.email = `donor.${number}@example.org`;
  }

  /**
   * Sent again with the same key for as long as it is not answered, as documented.
   * @returns undefined when the donor gave up: nobody ever said that the gift was taken
   */
  async give(wish: Wish, key: string): Promise<TakenGift | undefined> {
    const answer = await this.client.send('POST', this.place.donationsPath, {
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(this.body(wish)),
    });
    if (!answer) return undefined;
    if (answer.status !== 201) throw new Error(`A gift was answered ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as TakenGift;
  }

  /** The page after the payment, which asks the provider. It may be away: the donor then closes the tab. */
  async look(gift: TakenGift): Promise<void> {
    await this.client.once('GET', pageOf(gift)).catch(() => undefined);
  }

  /** "Try again" on the gift's page. @returns where to pay, or undefined when the page did not lead there */
  async tryAgain(gift: TakenGift): Promise<string | undefined> {
    const answer = await this.client.send('POST', `${pageOf(gift)}/reessayer`, {
      body: new URLSearchParams(),
    });
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
