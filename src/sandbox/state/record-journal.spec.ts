import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordJournal, type JournalEntry } from './record-journal.js';

describe('the journal', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'obole-journal-'));
    path = join(folder, 'journal.jsonl');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const openInto = async (records: Map<string, unknown>): Promise<RecordJournal> =>
    RecordJournal.open(
      path,
      ([, id, value]) => (value === null ? records.delete(id) : records.set(id, value)),
      {
        count: () => records.size,
        all: () => [...records].map(([id, value]): JournalEntry => ['thing', id, value]),
      },
    );

  it('what is staged together is one line: kept or lost as a whole', async () => {
    const journal = await openInto(new Map());
    journal.stage('thing', 'a', 1);
    journal.stage('thing', 'b', 2);
    await journal.settled();
    journal.stage('thing', 'a', 3);
    await journal.close();
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines).toEqual(['[["thing","a",1],["thing","b",2]]', '[["thing","a",3]]', '']);
  });

  it('half a last line is cut off, and writing goes on after what was whole', async () => {
    const first = await openInto(new Map());
    first.stage('thing', 'a', 1);
    await first.close();
    await appendFile(path, '[["thing","b"');
    const second = await openInto(new Map());
    second.stage('thing', 'c', 3);
    await second.close();
    const records = new Map<string, unknown>();
    await (await openInto(records)).close();
    expect([...records]).toEqual([
      ['a', 1],
      ['c', 3],
    ]);
  });

  it('damage in the middle stops the start instead of losing what follows', async () => {
    await appendFile(path, '[["thing","a",1]]\n[["thing","b\n[["thing","c",1]]\n');
    await expect(openInto(new Map())).rejects.toThrow(/damaged at byte 18/);
  });

  it('is rewritten when it is mostly past, without losing the present', async () => {
    const records = new Map<string, unknown>();
    const journal = await openInto(records);
    for (let round = 0; round < 300; round++) {
      for (let i = 0; i < 100; i++) {
        records.set(`r${i}`, round);
        journal.stage('thing', `r${i}`, round);
      }
      await journal.settled();
    }
    journal.stage('thing', 'r0', null);
    await journal.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines.length).toBeLessThan(230);
    const reread = new Map<string, unknown>();
    await (await openInto(reread)).close();
    expect(reread.size).toBe(99);
    expect(new Set(reread.values())).toEqual(new Set([299]));
  });
});
