import type { MoneyJson } from '../../../src/kernel/money.js';
import type { Time } from './time.js';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/index.js';

/** What the sandbox itself has in its books of one payment: all that the judge needs. */
export interface RemotePayment {
  id: string;
  status: string;
  amount: MoneyJson;
  description: string;
  metadata: { paymentId?: string } | null;
  sequenceType: string;
  customerId: string | null;
  mandateId: string | null;
  webhookUrl: string | null;
  applicationFee: { amount: MoneyJson } | null;
  refunds: Array<{
    id: string;
    amount: MoneyJson;
    status: string;
    metadata: { refundId?: string } | null;
  }>;
  chargebacks: Array<{ id: string; amount: MoneyJson; reversedAt: string | null }>;
  createdAt: string;
}

/** How many of the next are lost or doubled, and how late and in which order the others come. */
export interface WebhookTrouble {
  lose?: number;
  double?: number;
  delayMs?: number;
  reorder?: boolean;
}

/** Sooner than Mollie's minutes: a run is over before its second attempt would come. */
const WEBHOOK_ATTEMPTS_MS = [0, 300, 1_000, 2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000];

/** The payment provider: asked by the platform, paid at by donors, and pulled at its strings by the monkey. */
export class Provider {
  webhooksLost = 0;
  webhooksDoubled = 0;

  constructor(private readonly sandbox: RunningSandbox) {}

  static async start(stateDir: string, time: Pick<Time, 'now'>): Promise<Provider> {
    return new Provider(
      await startSandbox({
        apiPort: 0,
        checkoutPort: 0,
        stateDir,
        clock: { now: () => time.now() },
        webhookRetryDelaysMs: WEBHOOK_ATTEMPTS_MS,
      }),
    );
  }

  get apiUrl(): string {
    return this.sandbox.apiUrl;
  }

  get caPem(): string {
    return this.sandbox.caPem;
  }

  /** How calls are answered from now on, webhooks apart. */
  async behave(behaviour: Record<string, unknown>): Promise<void> {
    const { webhooks } = await this.behaviour();
    await this.control('PUT', '/behaviour', { ...behaviour, ...(webhooks && { webhooks }) });
  }

  /** What becomes of webhooks from now on. */
  async deliver(webhooks: WebhookTrouble): Promise<void> {
    const behaviour = await this.behaviour();
    await this.control('PUT', '/behaviour', { ...behaviour, webhooks });
  }

  /** What is left of it: counts go down as they are used. */
  behaviour(): Promise<{ webhooks?: WebhookTrouble }> {
    return this.control('GET', '/behaviour');
  }

  async payments(): Promise<RemotePayment[]> {
    const { payments } = await this.control<{ payments: RemotePayment[] }>('GET', '/payments?limit=1000000');
    return payments;
  }

  payment(id: string): Promise<RemotePayment> {
    return this.control('GET', `/payments/${id}`);
  }

  refund(paymentId: string, refund: { cents?: number; status?: string } = {}): Promise<{ id: string }> {
    return this.control('POST', `/payments/${paymentId}/refunds`, refund);
  }

  moveRefund(paymentId: string, refundId: string, status: string): Promise<unknown> {
    return this.control('POST', `/payments/${paymentId}/refunds/${refundId}/status`, { status });
  }

  chargeBack(paymentId: string, chargeback: { cents?: number } = {}): Promise<{ id: string }> {
    return this.control('POST', `/payments/${paymentId}/chargebacks`, chargeback);
  }

  reverse(paymentId: string, chargebackId: string): Promise<unknown> {
    return this.control('POST', `/payments/${paymentId}/chargebacks/${chargebackId}/reverse`, {});
  }

  /** Sends what is due, and waits for the answers. */
  async deliverWebhooks(): Promise<number> {
    return (await this.control<{ stillOwed: number }>('POST', '/webhooks/deliver', {})).stillOwed;
  }

  /** The strings of the sandbox, by their path. @throws Error with what it said when it refuses */
  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.sandbox.controlUrl}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
