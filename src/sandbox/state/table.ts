/** One kind of record: in memory for reading, each change handed on to the journal. */
export class Table<T extends { id: string }> {
  private readonly rows = new Map<string, T>();

  constructor(private readonly stage: (id: string, value: T | null) => void) {}

  get size(): number {
    return this.rows.size;
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** Oldest first. */
  values(): IterableIterator<T> {
    return this.rows.values();
  }

  save(row: T): void {
    this.rows.set(row.id, row);
    this.stage(row.id, row);
  }

  forget(id: string): void {
    if (this.rows.delete(id)) this.stage(id, null);
  }

  clear(): void {
    for (const id of [...this.rows.keys()]) this.forget(id);
  }

  /** What the journal tells: not staged again. */
  restore(id: string, value: T | null): void {
    if (value === null) this.rows.delete(id);
    else this.rows.set(id, value);
  }
}
