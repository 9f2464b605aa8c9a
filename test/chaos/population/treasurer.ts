import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../house/found-association.js';
import type { PatientClient } from './patient-client.js';

interface ListedPayment {
  id: string;
  status: string;
  providerId: string | null;
}

const LOOKS = 30;
const LOOK_MS = 500;

/** Works with the association's key. */
export class Treasurer {
  constructor(
    private readonly client: PatientClient,
    private readonly place: Place,
  ) {}

  /** Waits a while until our books know that the gift is paid. @returns "pay_…" */
  async paidPayment(giftId: string): Promise<string | undefined> {
    for (let look = 1; look <= LOOKS; look += 1) {
      const answer = await this.client.send('GET', `/v1/payments?donation=${giftId}`, {
        headers: this.headers(),
      });
      if (answer?.status === 200) {
        const { data } = JSON.parse(answer.text) as { data: ListedPayment[] };
        const paid = data.find(({ status }) => status === 'paid');
        if (paid) return paid.id;
      }
      await sleep(LOOK_MS);
    }
    return undefined;
  }

  /**
   * Sent again with the same key for as long as it is not answered.
   * @returns "rfd_…"; undefined when it was refused, or never answered
   */
  async refund(paymentId: string, cents: number | undefined, key: string): Promise<string | undefined> {
    const answer = await this.client.send('POST', `/v1/payments/${paymentId}/refunds`, {
      headers: { ...this.headers(), 'idempotency-key': key },
      body: JSON.stringify({
        reason: 'À la demande du donateur',
        ...(cents !== undefined && { amount: { cents, currency: 'EUR' } }),
      }),
    });
    if (!answer || answer.status === 409) return undefined;
    if (answer.status !== 201) throw new Error(`A refund was answered ${answer.status} ${answer.text}`);
    return (JSON.parse(answer.text) as { id: string }).id;
  }

  private headers() {
    return { authorization: `Bearer ${this.place.key}`, 'content-type': 'application/json' };
  }
}
