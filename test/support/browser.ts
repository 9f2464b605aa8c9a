import { expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, ConsoleMessage, Locator, Page } from 'playwright-core';
import type { TestApp } from './app.js';
import { DESKTOP } from './chromium.js';

/** Long enough for a busy machine; shorter than a test's own time, so that the message says what was missing. */
const PATIENCE_MS = 20_000;

/** A person with a browser of their own. */
export class Visitor {
  private constructor(
    readonly page: Page,
    private readonly app: Pick<TestApp, 'url' | 'sandbox'>,
    private readonly traces: Traces,
  ) {}

  /** French, at a desk, with JavaScript, unless said otherwise. */
  static async arrive(
    browser: Browser,
    app: Pick<TestApp, 'url' | 'sandbox'>,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ viewport: DESKTOP, locale: 'fr-FR', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    return new Visitor(page, app, new Traces(page));
  }

  /** A page of the platform. @returns its HTTP status */
  async open(path: string): Promise<number> {
    const response = await this.page.goto(new URL(path, this.app.url).href);
    return response!.status();
  }

  /** On the sandbox's checkout page: « Payé » */
  async decide(outcome: string, submit = 'Continuer avec ce résultat'): Promise<void> {
    await this.page.waitForURL(`${this.app.sandbox.checkoutUrl}/**`);
    await this.page.getByRole('radio', { name: new RegExp(`^${outcome}`) }).check();
    await this.page.getByRole('button', { name: submit }).click();
    await this.page.waitForURL(`${this.app.url}/**`);
  }

  /** What every page promises, whatever the visitor did: no cookie, no other host, nothing wrong behind the scene. */
  async leave(): Promise<void> {
    const cookies = await this.page.context().cookies();
    await this.page.context().close();
    const known = [this.app.url, this.app.sandbox.checkoutUrl].map((url) => new URL(url).host);
    expect({
      cookies: [...cookies.map(({ name }) => name), ...this.traces.cookies],
      otherHosts: [...this.traces.hosts].filter((host) => !known.includes(host)),
      complaints: this.traces.complaints(),
    }).toEqual({ cookies: [], otherHosts: [], complaints: [] });
  }
}

/** What a browser remembers of a visit. */
class Traces {
  readonly hosts = new Set<string>();
  readonly cookies: string[] = [];
  private readonly said: { text: string; url: string }[] = [];
  /** Pages that rightly answered 4xx or 5xx; Chromium reports them as if they were missing files. */
  private readonly refusals = new Set<string>();

  constructor(page: Page) {
    const context = page.context();
    context.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:') this.hosts.add(host);
    });
    context.on('response', (response) => {
      if (response.headers()['set-cookie']) this.cookies.push(response.url());
      if (response.status() >= 400 && response.request().isNavigationRequest())
        this.refusals.add(response.url());
    });
    context.on('console', (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type()))
        this.said.push({ text: message.text(), url: message.location().url });
    });
    context.on('weberror', (error) => this.said.push({ text: error.error().message, url: page.url() }));
  }

  complaints(): string[] {
    return this.said
      .filter(
        ({ text, url }) =>
          !(text.startsWith('Failed to load resource') && this.refusals.has(url.split('#')[0]!)),
      )
      .map(({ text, url }) => `${text} (${url})`);
  }
}

export function hasFocus(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === element.ownerDocument.activeElement);
}
