import type { TestApp } from './app.js';

/** The strings behind the scene of the sandbox: what happens at the provider without us. */
export class SandboxControl {
  constructor(private readonly app: Pick<TestApp, 'sandbox'>) {}

  /** A payment's status, as a donor, a bank or the time changes it. Its webhook is called. */
  move(providerId: string, status: string): Promise<unknown> {
    return this.post(`/payments/${providerId}/status`, { status });
  }

  /** A refund made in the dashboard. @returns its id */
  async refund(providerId: string, refund: { cents?: number; status?: string } = {}): Promise<string> {
    return ((await this.post(`/payments/${providerId}/refunds`, refund)) as { id: string }).id;
  }

  moveRefund(providerId: string, refundId: string, status: string): Promise<unknown> {
    return this.post(`/payments/${providerId}/refunds/${refundId}/status`, { status });
  }

  /** @returns its id */
  async chargeBack(providerId: string, chargeback: Record<string, unknown> = {}): Promise<string> {
    return ((await this.post(`/payments/${providerId}/chargebacks`, chargeback)) as { id: string }).id;
  }

  reverse(providerId: string, chargebackId: string): Promise<unknown> {
    return this.post(`/payments/${providerId}/chargebacks/${chargebackId}/reverse`, {});
  }

  /** Sends what is due and waits for the answers. */
  deliverWebhooks(): Promise<unknown> {
    return this.post('/webhooks/deliver', {});
  }

  /** As the sandbox keeps it. */
  async payment(providerId: string): Promise<{ refunds: Array<{ id: string; status: string }> }> {
    const response = await fetch(`${this.app.sandbox.controlUrl}/payments/${providerId}`);
    return (await response.json()) as { refunds: [] };
  }

  /** Newest first. */
  async payments(): Promise<Array<{ id: string; status: string; metadata: unknown }>> {
    const response = await fetch(`${this.app.sandbox.controlUrl}/payments`);
    return ((await response.json()) as { payments: [] }).payments;
  }

  private async post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.app.sandbox.controlUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return response.json();
  }
}
