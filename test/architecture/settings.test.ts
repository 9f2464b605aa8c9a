import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { settingNames, settingsSchema } from '../../src/platform/config/settings.js';

const root = join(import.meta.dirname, '../..');
const lines = readFileSync(join(root, '.env.example'), 'utf8').split('\n');
const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const [forProcess, forCompose] = split(lines);

function split(all: string[]): [string[], string[]] {
  const start = all.indexOf('# ---- docker compose only ----');
  return [all.slice(0, start), all.slice(start)];
}

function assignments(from: string[]): Map<string, string> {
  const found = from.flatMap((line) => {
    const match = /^#([A-Z][A-Z_]*)=(.*)$/.exec(line);
    return match ? [[match[1]!, match[2]!] as const] : [];
  });
  return new Map(found);
}

/** The names that docker compose fills in from .env: "${NAME:-default}". */
const substituted = new Set([...compose.matchAll(/\$\{([A-Z_]+)(?::-[^}]*)?\}/g)].map(([, name]) => name!));

describe('.env.example', () => {
  it('names every setting once and no other', () => {
    expect([...assignments(forProcess).keys()].sort()).toEqual([...settingNames].sort());
    const named = lines.flatMap((line) => /^#([A-Z][A-Z_]*)=/.exec(line)?.[1] ?? []);
    expect(named).toEqual([...new Set(named)]);
  });

  it('shows each default as it is', () => {
    const defaults = settingsSchema.parse({}) as Record<string, unknown>;
    const shown = Object.fromEntries(assignments(forProcess));
    expect(shown).toEqual(
      Object.fromEntries(settingNames.map((name) => [name, String(defaults[name] ?? '')])),
    );
  });

  it('explains every setting in the lines above it', () => {
    lines.forEach((line, i) => {
      if (!/^#[A-Z_]+=/.test(line)) return;
      const above = lines.slice(0, i).findLast((text) => !/^#[A-Z_]+=/.test(text));
      expect({ line, above }).toEqual({ line, above: expect.stringMatching(/^# .{20,}[.…]$/) });
    });
  });

  it('changes nothing when it is copied as it is: every line is a comment', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('marks what docker compose passes on, and has its own names in their section', () => {
    const marked = [...assignments(forProcess).keys()].filter((name) => {
      const at = lines.findIndex((line) => line.startsWith(`#${name}=`));
      return lines
        .slice(0, at)
        .findLast((line) => !/^#[A-Z_]+=/.test(line))
        ?.startsWith('# (compose)');
    });
    expect([...marked, ...assignments(forCompose).keys()].sort()).toEqual([...substituted].sort());
  });
});
