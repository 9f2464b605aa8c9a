import type { TestApp } from './app.js';

export interface SandboxPayment {
  id: string;
  status: string;
  amount: { cents: number; currency: string };
  metadata: unknown;
  sequenceType: string;
  customerId: string | null;
  mandateId: string | null;
  profileId: string;
  organizationId: string;
  mode: 'test' | 'live';
}

/** Of a profile or an organisation; what is taken is positive. See control/books.ts in the sandbox. */
export type SandboxFigures = Record<
  | 'paid'
  | 'refundsTaken'
  | 'refundsReturned'
  | 'chargedBack'
  | 'chargebacksReversed'
  | 'fees'
  | 'applicationFees'
  | 'settled'
  | 'held',
  { cents: number; currency: string }
>;

export interface SandboxSettlement {
  id: string;
  organizationId: string;
  reference: string;
  amount: { cents: number; currency: string };
}

/** The strings behind the scene of the sandbox: what happens at the provider without us. */
export class SandboxControl {
  constructor(private readonly app: Pick<TestApp, 'sandbox'>) {}

  /** A payment's status, as a donor, a bank or the time changes it. Its webhook is called. */
  move(
    providerId: string,
    status: string,
    details: { method?: string; failureReason?: string } = {},
  ): Promise<unknown> {
    return this.post(`/payments/${providerId}/status`, { status, ...details });
  }

  /** Replaces the disturbances; `{}` ends them. */
  behave(settings: Record<string, unknown>): Promise<unknown> {
    return this.send('PUT', '/behaviour', settings);
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

  /** Newest first. Filters by equality: `customerId`, `sequenceType`, `organizationId`, `metadata.NAME`, … */
  async payments(filter: Record<string, string> = {}): Promise<SandboxPayment[]> {
    const query = new URLSearchParams(filter).toString();
    return ((await this.send('GET', `/payments?${query}`)) as { payments: SandboxPayment[] }).payments;
  }

  changeMandate(
    mandateId: string,
    change: { status?: 'valid' | 'pending' | 'invalid'; cardExpiryDate?: string },
  ): Promise<unknown> {
    return this.post(`/mandates/${mandateId}`, change);
  }

  /** Consent without a browser. @returns the code to redeem, and the organisation with its profiles */
  consent(consent: {
    clientId: string;
    organization: string;
    scope: string;
    redirectUri?: string;
  }): Promise<{ code: string; organization: { id: string; profiles: { id: string }[] } }> {
    return this.post('/consents', consent) as ReturnType<SandboxControl['consent']>;
  }

  setOnboarding(organizationId: string, status: 'needs-data' | 'in-review' | 'completed'): Promise<unknown> {
    return this.post(`/organizations/${organizationId}/onboarding`, { status });
  }

  /** As if the hour of all its access tokens were over. */
  expireTokens(organizationId: string): Promise<unknown> {
    return this.post(`/organizations/${organizationId}/expire-tokens`, {});
  }

  /** The merchant takes its consent back in the dashboard. */
  revokeConsent(organizationId: string): Promise<unknown> {
    return this.post(`/organizations/${organizationId}/revoke`, {});
  }

  /** How often refresh tokens of the organisation were used with success. */
  async refreshes(organizationId: string): Promise<number> {
    const { organizations } = (await this.send('GET', '/organizations')) as {
      organizations: { id: string; refreshes: number }[];
    };
    return organizations.find((one) => one.id === organizationId)?.refreshes ?? 0;
  }

  /** Pays out what is not paid out yet; nobody named means everybody. */
  async settle(
    whose: { organizationId?: string; apiKey?: string; driftCents?: number } = {},
  ): Promise<SandboxSettlement[]> {
    const { settlements } = (await this.post('/settlements', whose)) as { settlements: SandboxSettlement[] };
    return settlements;
  }

  books(whose: { organizationId?: string; apiKey?: string } = {}): Promise<{
    books: (SandboxFigures & { profileId: string; organizationId: string })[];
    organizations: (SandboxFigures & { organizationId: string; paidOut: { cents: number } })[];
  }> {
    const query = new URLSearchParams(whose).toString();
    return this.send('GET', `/books?${query}`) as ReturnType<SandboxControl['books']>;
  }

  private post(path: string, body: unknown): Promise<unknown> {
    return this.send('POST', path, body);
  }

  private async send(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.app.sandbox.controlUrl}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return response.json();
  }
}
