import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Installation } from './installation.js';

const run = promisify(execFile);
const dist = resolve(process.env.BENCH_DIST ?? 'dist');

/** Where the donors of a run give, and the key with which a treasurer works. */
export interface Place {
  key: string;
  /** "/v1/associations/…/forms/…/donations" */
  donationsPath: string;
}

const SLUG = 'les-lilas';
const FORM = { slug: 'soutien', title: 'Fleurir les berges', frequencies: ['once', 'monthly'] };

/** An association with a published form, made as whoever runs an installation makes it: by the command line and the API. */
export async function foundAssociation({ settings, nodeArgs, home, front }: Installation): Promise<Place> {
  const options = {
    name: 'Les Lilas du canal',
    slug: SLUG,
    email: 'bonjour@lilas.example',
    purpose: 'Planter et soigner les berges du canal.',
    street: '3 quai de Valmy',
    'postal-code': '75010',
    city: 'Paris',
    rna: 'W751234567',
    regime: 'general',
    'regime-from': '2020-01-01',
    signatory: 'Nadia Benali',
    'signatory-role': 'Présidente',
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const env = { PATH: process.env.PATH, ...settings, VAR_DIR: join(home, 'cli') };
  const cli = join(dist, 'src/cli.js');
  const { stdout } = await run(process.execPath, [...nodeArgs, cli, 'association:create', ...args], { env });
  const key = stdout.trim().split('\n').at(-1)!;
  const form = await post(front.url, '/v1/forms', key, FORM);
  await post(front.url, `/v1/forms/${form.id}/publish`, key);
  return { key, donationsPath: `/v1/associations/${SLUG}/forms/${FORM.slug}/donations` };
}

async function post(url: string, path: string, key: string, body: unknown = {}): Promise<{ id: string }> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}
