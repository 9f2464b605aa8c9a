import type { TestApp } from './app.js';
import type { GivenAssociation } from './factories.js';
import { call, type Answer } from './http-client.js';

interface ShownOrganization {
  id: string;
  name: string;
  refreshes: number;
}

/** The way of an association's owner to Mollie and back, with the sandbox as Mollie. */
export class ConnectJourney {
  constructor(
    private readonly app: TestApp,
    private readonly association: GivenAssociation,
  ) {}

  /** @returns the address to consent at */
  async begin(mode: 'test' | 'live' = 'test'): Promise<string> {
    const answer = await this.ask('POST', '/connect', { mode });
    if (answer.status !== 200) throw new Error(`It did not begin: ${answer.text}`);
    return (answer.json as { authorizeUrl: string }).authorizeUrl;
  }

  /** The owner's answer on the provider's page. @returns where the browser is sent */
  async consent(authorizeUrl: string, organization: string): Promise<string> {
    return this.decide(authorizeUrl, { decision: 'allow', organization });
  }

  deny(authorizeUrl: string): Promise<string> {
    return this.decide(authorizeUrl, { decision: 'deny' });
  }

  /** The page that the owner sees in the end. */
  arrive(callbackUrl: string): Promise<Answer> {
    const { pathname, search } = new URL(callbackUrl);
    return call(this.app, pathname + search, { headers: { 'accept-language': 'fr', accept: 'text/html' } });
  }

  /** All of it. */
  async connect(organization: string, mode: 'test' | 'live' = 'test'): Promise<Answer> {
    return this.arrive(await this.consent(await this.begin(mode), organization));
  }

  ask(method: string, path: string, json?: unknown, key = this.association.keys.owner): Promise<Answer> {
    return call(this.app, `/v1/mollie${path}`, { method, key, ...(json !== undefined && { json }) });
  }

  async show(): Promise<Record<string, unknown>> {
    return (await this.ask('GET', '', undefined, this.association.keys.reader)).json as Record<
      string,
      unknown
    >;
  }

  private async decide(authorizeUrl: string, form: Record<string, string>): Promise<string> {
    const response = await fetch(authorizeUrl, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
    const location = response.headers.get('location');
    if (!location) throw new Error(`The page answered ${response.status}: ${await response.text()}`);
    return location;
  }
}

/** What the sandbox knows of an organisation, and what can be done to it there. */
export class OrganizationControl {
  constructor(
    private readonly app: Pick<TestApp, 'sandbox'>,
    private readonly name: string,
  ) {}

  async shown(): Promise<ShownOrganization> {
    const response = await fetch(`${this.app.sandbox.controlUrl}/organizations`);
    const { organizations } = (await response.json()) as { organizations: ShownOrganization[] };
    const found = organizations.find(({ name }) => name === this.name);
    if (!found) throw new Error(`The sandbox knows no ${this.name}.`);
    return found;
  }

  async refreshes(): Promise<number> {
    return (await this.shown()).refreshes;
  }

  expireTokens(): Promise<void> {
    return this.post('expire-tokens', {});
  }

  /** In the provider's dashboard. */
  revoke(): Promise<void> {
    return this.post('revoke', {});
  }

  setOnboarding(status: 'needs-data' | 'in-review' | 'completed'): Promise<void> {
    return this.post('onboarding', { status });
  }

  private async post(path: string, body: unknown): Promise<void> {
    const { id } = await this.shown();
    const response = await fetch(`${this.app.sandbox.controlUrl}/organizations/${id}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
  }
}
