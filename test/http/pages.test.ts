import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  disturbSandbox,
  eventually,
  givenAssociation,
  givenForm,
  payAtSandbox,
  untilReceipt,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call, type Answer } from '../support/http-client.js';

let app: TestApp;
let association: GivenAssociation;
let form: GivenForm;
beforeAll(async () => {
  app = await startTestApp({ mollieTimeoutMs: 2_000 });
  association = await givenAssociation(app);
  form = await givenForm(app, association);
});
afterAll(() => app.close());

const open = (path: string, headers: Record<string, string> = {}) =>
  call(app, path, { headers: { accept: 'text/html', ...headers } });

/** What a browser sends when the donor has filled the form in. */
async function sendForm(changes: Record<string, string> = {}, at: GivenForm = form): Promise<Answer> {
  const { text } = await open(at.path);
  return call(app, new URL(attribute(text, 'form', 'action'), app.url).href, {
    method: 'POST',
    headers: { accept: 'text/html' },
    form: {
      requestKey: /name="requestKey" value="([^"]+)"/.exec(text)![1]!,
      locale: 'fr',
      amount: '5000',
      otherAmount: '',
      firstName: 'Camille',
      lastName: 'Martin',
      email: 'camille.martin@example.org',
      wantsReceipt: 'yes',
      line1: '8 rue des Écluses',
      line2: '',
      postalCode: '75010',
      city: 'Paris',
      country: 'FR',
      displayName: '',
      message: '',
      ...changes,
    },
  });
}

function attribute(html: string, tag: string, name: string): string {
  return new RegExp(`<${tag}\\b[^>]*\\b${name}="([^"]*)"`).exec(html)![1]!.replaceAll('&amp;', '&');
}

/** What a browser would fetch, run or be led to. */
function addressesIn(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src|action|srcset|poster|data|formaction)="([^"]*)"/g)].map(
    ([, url]) => url!,
  );
}

function clean({ status, headers, text }: Answer, expected = 200): void {
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(headers.get('set-cookie')).toBeNull();
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'/);
  expect(policy).toContain("base-uri 'none'");
  expect(policy).toMatch(/form-action 'self'[^;]*; frame-ancestors 'none'$/);
  // Forms alone may lead elsewhere: browsers hold the redirect to the checkout against this line.
  expect(policy.replace(/form-action [^;]*/, '')).not.toMatch(/unsafe|\*|data:|https?:/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toMatch(/^(no-referrer|strict-origin-when-cross-origin)$/);
  expect(text).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\sstyle="|\son[a-z]+="|javascript:/);
  const foreign = addressesIn(text).filter(
    (url) => /^([a-z]+:)?\/\//i.test(url) && !url.startsWith(app.sandbox.checkoutUrl),
  );
  expect(foreign).toEqual([]);
  expect(text).toMatch(/^<!doctype html>\s*<html lang="(fr|en)"/);
  expect(text).toMatch(/<title>[^<]+<\/title>/);
}

describe('pages bring no code of others, no cookie, no inline script', () => {
  const pages: Array<[what: string, path: () => string, status: number]> = [
    ['the home page', () => '/', 200],
    ['the gift page', () => form.path, 200],
    ['the gift page in English', () => `${form.path}?lang=en`, 200],
    ['the association’s page', () => `/${association.slug}`, 200],
    ['its page on personal data', () => `/${association.slug}/donnees-personnelles`, 200],
    ['the demo mailbox', () => '/boite-aux-lettres', 200],
    ['no such association', () => '/nulle-part', 404],
    ['no such form', () => `/${association.slug}/nulle-part`, 404],
    ['no such gift', () => '/don/inconnu', 404],
    ['no such mail', () => '/boite-aux-lettres/inconnu', 404],
    ['a path too deep', () => '/un/deux/trois/quatre', 404],
    ['an address that cannot be read', () => '/%FF', 400],
  ];

  it.each(pages)('%s', async (_what, path, status) => clean(await open(path()), status));

  it('the donor’s own page, in every state, is kept by no cache and told to no other site', async () => {
    for (const outcome of ['pending', 'failed', 'canceled', 'expired', 'paid'] as const) {
      const sent = await sendForm();
      const own = (await payAtSandbox(sent.headers.get('location')!, outcome)).replace(
        /^https?:\/\/[^/]+/,
        '',
      );
      const answer = await open(own);
      clean(answer);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    }
  });

  it('what pages are made of is served for ever under the name of its content', async () => {
    const { text } = await open(form.path);
    const assets = addressesIn(text).filter((url) => url.startsWith('/assets/'));
    expect(assets.length).toBeGreaterThanOrEqual(3);
    for (const url of assets) {
      const { status, headers } = await call(app, url);
      expect({ url, status }).toEqual({ url, status: 200 });
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('content-type')).toMatch(/^(text\/css|text\/javascript|image\/svg\+xml)/);
      expect(headers.get('set-cookie')).toBeNull();
    }
    for (const gone of [
      assets[0]!.replace(/\.[0-9a-f]{12}\./, '.000000000000.'),
      '/assets/..%2fpackage.json',
      '/assets/',
    ]) {
      expect((await call(app, gone)).status).toBe(404);
    }
  });
});

describe('language', () => {
  const languageOf = async (path: string, headers: Record<string, string> = {}) =>
    attribute((await open(path, headers)).text, 'html', 'lang');

  it.each([
    ['no wish', '', {}, 'fr'],
    ['a browser in English', '', { 'accept-language': 'en-GB,en;q=0.9,fr;q=0.5' }, 'en'],
    ['a browser in French', '', { 'accept-language': 'fr-CA,en;q=0.8' }, 'fr'],
    ['a browser in a language that we do not write', '', { 'accept-language': 'de,ja;q=0.5' }, 'fr'],
    ['English refused', '', { 'accept-language': 'en;q=0,fr' }, 'fr'],
    ['the address, which outranks the browser', '?lang=fr', { 'accept-language': 'en' }, 'fr'],
    ['the address in English', '?lang=en', {}, 'en'],
    ['an address with nonsense', '?lang=../../etc', {}, 'fr'],
    ['an address with two wishes', '?lang=en&lang=fr', { 'accept-language': 'fr' }, 'fr'],
    ['a header of nonsense', '', { 'accept-language': ';;;q=x,,' }, 'fr'],
  ])('%s', async (_what, query, headers, language) => {
    expect(await languageOf(`${form.path}${query}`, headers as Record<string, string>)).toBe(language);
    expect(await languageOf(`/nulle-part${query}`, headers as Record<string, string>)).toBe(language);
  });

  it('caches are told that it depends on the browser', async () => {
    for (const path of ['/', form.path, `/${association.slug}`]) {
      const { headers } = await open(path);
      expect({ path, vary: headers.get('vary') }).toEqual({
        path,
        vary: expect.stringMatching(/accept-language/i),
      });
    }
  });
});

describe('the form of the gift page', () => {
  it('leads to the checkout, and from there to a receipt', async () => {
    const sent = await sendForm();
    expect(sent.status).toBe(303);
    expect(sent.headers.get('location')).toMatch(new RegExp(`^${app.sandbox.checkoutUrl}/checkout/tr_`));
    const own = await payAtSandbox(sent.headers.get('location')!);
    const status = await untilReceipt(`${app.url}/v1/donation-status/${own.split('/').at(-1)}`);
    const page = await open(own.replace(/^https?:\/\/[^/]+/, ''));
    expect(page.text).toContain(status.receipt.number);
  });

  it('sent twice makes one gift, whichever answer the donor sees', async () => {
    const { text } = await open(form.path);
    const requestKey = /name="requestKey" value="([^"]+)"/.exec(text)![1]!;
    const answers = await Promise.all([
      sendForm({ requestKey }),
      sendForm({ requestKey }),
      sendForm({ requestKey }),
    ]);
    expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)).size).toBe(
      1,
    );
    expect((await sendForm({ requestKey })).headers.get('location')).toBe(
      answers[0]!.headers.get('location'),
    );
  });

  it('comes back with what was typed, word for word, and says what to mend', async () => {
    const typed = {
      firstName: `Zoé "Zaza" <b>O'Brien</b>`,
      lastName: '',
      email: 'zoe@@example',
      line1: '8 rue & quai',
      postalCode: '7501',
      city: 'Besançon',
      message: 'Deux\nlignes </textarea><script>alert(1)</script>',
      otherAmount: '12,5',
      amount: 'other',
    };
    const answer = await sendForm(typed);
    clean(answer, 422);
    expect(answer.headers.get('cache-control')).toMatch(/^(no-store|private, no-cache)$/);
    const html = answer.text;
    expect(html).toContain('value="Zoé &quot;Zaza&quot; &lt;b&gt;O&#39;Brien&lt;/b&gt;"');
    for (const value of ['zoe@@example', '8 rue &amp; quai', '7501', 'Besançon', '12,5']) {
      expect(html).toContain(`value="${value}"`);
    }
    expect(html).toContain('Deux\nlignes &lt;/textarea&gt;&lt;script&gt;');
    for (const field of ['lastName', 'email', 'postalCode']) {
      expect(html).toMatch(new RegExp(`<input[^>]*id="${field}"[^>]*aria-invalid="true"`));
      expect(html).toContain(`id="${field}-error"`);
      expect(html).toContain(`href="#${field}"`);
    }
    expect(html).not.toMatch(/id="(firstName|city)-error"/);
  });

  it.each([
    ['no amount', { amount: '', otherAmount: '' }],
    ['an amount of words', { amount: 'other', otherAmount: 'vingt' }],
    ['a negative amount', { amount: 'other', otherAmount: '-5' }],
    ['nothing', { amount: 'other', otherAmount: '0' }],
    ['too much', { amount: 'other', otherAmount: '10000,01' }],
    ['more than can be counted', { amount: '', otherAmount: '9'.repeat(40) }],
    ['two amounts', { amount: '5000', otherAmount: '12' }],
    ['a tile that was tampered with', { amount: '50.5' }],
    ['a receipt without an address', { line1: '', postalCode: '', city: '' }],
    ['a country that is none', { country: 'ZZ' }],
    ['a null character', { message: 'a\u0000b' }],
  ])('%s is a fault of the form, not of the site', async (_what, changes) => {
    const answer = await sendForm(changes as Record<string, string>);
    clean(answer, 422);
    expect(answer.text).toMatch(/role="alert"/);
  });

  it('keeps the key of the page over faults, so that the mended form is still the same gift', async () => {
    const answer = await sendForm({ lastName: '', requestKey: 'k-over-faults' });
    expect(answer.text).toContain('name="requestKey" value="k-over-faults"');
  });

  it('tells the donor plainly when the provider is silent, and the second try goes on', async () => {
    await disturbSandbox(app, { failNext: { times: 3, status: 500 } });
    const failed = await sendForm({ requestKey: 'k-silent' });
    expect(failed.status).toBe(503);
    clean(failed, 503);
    await disturbSandbox(app, {});
    const retried = await sendForm({ requestKey: 'k-silent' });
    expect([retried.status, retried.headers.get('set-cookie')]).toEqual([303, null]);
  });

  it('to a form that was closed meanwhile is a page that says so', async () => {
    const closing = await givenForm(app, association);
    const { text } = await open(closing.path);
    const action = new URL(attribute(text, 'form', 'action'), app.url).href;
    await call(app, `/v1/forms/${closing.id}/archive`, { method: 'POST', key: association.keys.treasurer });
    const answer = await call(app, action, {
      method: 'POST',
      headers: { accept: 'text/html' },
      form: { amount: '5000', firstName: 'Camille' },
    });
    clean(answer, 404);
  });

  it('refuses a body of half a million letters with a page', async () => {
    const answer = await sendForm({ message: 'a'.repeat(600_000) });
    clean(answer, 413);
  });
});

describe('robots and mails', () => {
  it('robots are kept from secrets', async () => {
    const { text, headers } = await call(app, '/robots.txt');
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/Disallow: \/don\//);
  });

  it('a mail is shown in a frame that runs nothing, and its parts can be read', async () => {
    const sent = await sendForm({ email: 'cadre@example.org' });
    const own = await payAtSandbox(sent.headers.get('location')!);
    await untilReceipt(`${app.url}/v1/donation-status/${own.split('/').at(-1)}`);
    const mailbox = await eventually(async () => {
      const { text } = await open('/boite-aux-lettres');
      return text.includes('cadre@example.org') ? text : undefined;
    }, 'the mail is in the mailbox');
    const link = addressesIn(mailbox).find((url) => /^\/boite-aux-lettres\/mail_/.test(url))!;
    const page = await open(link);
    clean(page);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await open(`${link.split('?')[0]}/html`);
    expect(html.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(html.text).not.toMatch(/<script|\son[a-z]+=/);
    const piece = await call(app, `${link.split('?')[0]}/pieces/0`);
    expect([piece.status, piece.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    for (const wrong of ['/pieces/9', '/pieces/-1', '/pieces/x']) {
      expect((await open(`${link.split('?')[0]}${wrong}`)).status).toBeGreaterThanOrEqual(400);
      expect((await open(`${link.split('?')[0]}${wrong}`)).status).toBeLessThan(500);
    }
  });
});
