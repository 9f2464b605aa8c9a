import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = join(import.meta.dirname, '../../src');

interface File {
  name: string;
  text: string;
  lines: number;
}

const files: File[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => {
    const text = readFileSync(join(src, name), 'utf8');
    return { name, text, lines: text.trimEnd().split('\n').length };
  });

/** Data is read, not followed: legal wordings and the like may be long. */
const isData = ({ name }: File) => name.endsWith('.data.ts');
const sorted = files
  .filter((file) => !isData(file))
  .map(({ lines }) => lines)
  .sort((a, b) => a - b);
const quantile = (share: number) => sorted[Math.floor(sorted.length * share)]!;

/** Besides the platform's own tables, which are no tenant's: each with the reason. */
const ACROSS_TENANTS: Record<string, string> = {
  'associations/associations.queries.ts': 'a slug leads to its association',
  'mailing/demo-mailbox.queries.ts': 'the demonstration shows every mail; it is off with a mail server',
  'payments/sweep-payments.handler.ts': 'one sweep for all undecided payments',
  'payments/accounts/reseal-secrets.ts': 'a new key is for the secrets of every association',
  'payments/accounts/check-accounts.handler.ts': 'one look at every association’s connection',
  'payments/close-unborn.ts': 'one sweep for all payments that were never born',
  'payments/disputes/close-disputes.ts': 'one sweep for all disputes that are lost',
  'payments/refunds/send-refunds-again.ts': 'one sweep for all refunds that nobody could send',
  'payments/mandates/sweep-charges.handler.ts': 'one sweep for all charges without an answer',
  'payments/payouts/import-payouts.handler.ts': 'one sweep stages the import for every connected association',
  'donations/plans/find-due-plans.handler.ts': 'one look at the calendar for all plans',
  'donations/plans/find-expiring-cards.handler.ts': 'one look at the calendar for all cards',
};

describe('the sources', () => {
  it('are small files: half of them have at most 70 lines, nine in ten at most 200, none above 300', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(quantile(0.5)).toBeLessThanOrEqual(70);
    expect(quantile(0.9)).toBeLessThanOrEqual(200);
    expect(files.filter((file) => !isData(file) && file.lines > 300).map(({ name }) => name)).toEqual([]);
  });

  it('leave nothing for later', () => {
    const later = files.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|not implemented/i.test(text));
    expect(later.map(({ name }) => name)).toEqual([]);
  });

  it('have no monster: no file is called after a noun and "service"', () => {
    expect(files.filter(({ name }) => /\.service\.ts$/.test(name)).map(({ name }) => name)).toEqual([]);
  });

  it('ask at most six things of whoever makes a class', () => {
    const greedy = files.filter(({ text }) =>
      [...text.matchAll(/constructor\(([^]*?)\)\s*\{/g)].some(
        ([, parameters]) =>
          [...parameters!.matchAll(/\b(?:private|protected|public) readonly \w+:/g)].length > 6,
      ),
    );
    expect(greedy.map(({ name }) => name)).toEqual([]);
  });

  it('look across tenants in a few known places only', () => {
    const across = files.filter(
      ({ name, text }) => /\.acrossTenants\(/.test(text) && !name.startsWith('platform/'),
    );
    expect(across.map(({ name }) => name).filter((name) => !(name in ACROSS_TENANTS))).toEqual([]);
  });
});
