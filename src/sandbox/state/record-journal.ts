import { createReadStream } from 'node:fs';
import { open, rename, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One record as it now is, or null when it is gone. The last entry of an id wins. */
export type JournalEntry = [kind: string, id: string, value: unknown];

/** Where the journal finds what is to be kept. */
export interface JournalSource {
  count(): number;
  all(): JournalEntry[];
}

interface Batch {
  entries: Map<string, JournalEntry>;
  written: Promise<void>;
}

/** Rewritten when it holds this many times more entries than there are records. */
const BLOAT = 3;
const NOT_WORTH_COMPACTING = 10_000;

/**
 * An append-only file of JSON lines. Everything staged in one turn of the event loop becomes one line, so it is kept
 * or lost as a whole: after kill -9 the file ends at worst in half a line, which opening cuts off.
 */
export class RecordJournal {
  private gathering: Batch | null = null;
  private writing: Promise<void> = Promise.resolve();
  private entriesInFile = 0;

  private constructor(
    private readonly path: string,
    private file: FileHandle,
    private readonly source: JournalSource,
  ) {}

  /** Reads the file, handing each entry over in order, and opens it for appending. */
  static async open(
    path: string,
    onEntry: (entry: JournalEntry) => void,
    source: JournalSource,
  ): Promise<RecordJournal> {
    await (await open(path, 'a', 0o600)).close();
    const { entries, goodBytes } = await replay(path, onEntry);
    await truncate(path, goodBytes);
    const file = await open(path, 'a');
    const journal = new RecordJournal(path, file, source);
    journal.entriesInFile = entries;
    await journal.compactIfBloated();
    return journal;
  }

  /** The value is serialised when written: changes made to it in the same turn are included. */
  stage(kind: string, id: string, value: unknown): void {
    this.gathering ??= this.newBatch();
    this.gathering.entries.set(`${kind} ${id}`, [kind, id, value]);
  }

  /** Resolves when all that was staged until now would survive a power cut. Rejects once the disk has refused. */
  settled(): Promise<void> {
    return this.gathering?.written ?? this.writing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.file.close();
  }

  private newBatch(): Batch {
    const batch: Batch = { entries: new Map(), written: this.writing };
    batch.written = this.writing.then(() => this.write(batch));
    batch.written.catch(() => undefined); // told to whoever awaits settled()
    return batch;
  }

  private async write(batch: Batch): Promise<void> {
    this.gathering = null;
    this.writing = batch.written;
    await this.file.appendFile(`${JSON.stringify([...batch.entries.values()])}\n`);
    await this.file.datasync();
    this.entriesInFile += batch.entries.size;
    await this.compactIfBloated();
  }

  /** Writes all records beside the file, then takes its place: at every instant one complete file is there. */
  private async compactIfBloated(): Promise<void> {
    if (this.entriesInFile < NOT_WORTH_COMPACTING) return;
    if (this.entriesInFile < BLOAT * (this.source.count() + 1)) return;
    const records = this.source.all();
    const lines = records.map((entry) => `${JSON.stringify([entry])}\n`);
    const next = await open(`${this.path}.next`, 'w', 0o600);
    for (let i = 0; i < lines.length; i += 1000) await next.appendFile(lines.slice(i, i + 1000).join(''));
    await next.sync();
    await next.close();
    await rename(`${this.path}.next`, this.path);
    await syncFolder(dirname(this.path));
    await this.file.close();
    this.file = await open(this.path, 'a', 0o600);
    this.entriesInFile = records.length;
  }
}

async function replay(
  path: string,
  onEntry: (entry: JournalEntry) => void,
): Promise<{ entries: number; goodBytes: number }> {
  let rest: Buffer = Buffer.alloc(0);
  let entries = 0;
  let goodBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      for (const entry of parseLine(path, goodBytes, bytes.toString('utf8', start, end))) {
        onEntry(entry);
        entries++;
      }
      goodBytes += end + 1 - start;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  return { entries, goodBytes };
}

function parseLine(path: string, offset: number, line: string): JournalEntry[] {
  try {
    return JSON.parse(line) as JournalEntry[];
  } catch (cause) {
    throw new Error(`${path} is damaged at byte ${offset}. Put back a copy, or remove it to start empty.`, {
      cause,
    });
  }
}

/** A rename is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}
