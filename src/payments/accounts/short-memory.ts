/** A few values that are dear to ask for, each for a short while; the oldest go first. */
export class ShortMemory<V> {
  private readonly kept = new Map<string, { value: V; until: number }>();

  constructor(private readonly options: { lifeMs: number; size: number }) {}

  get(key: string): V | undefined {
    const entry = this.kept.get(key);
    if (!entry) return undefined;
    if (entry.until > performance.now()) return entry.value;
    this.kept.delete(key);
    return undefined;
  }

  /** @param lifeMs shorter or longer than usual */
  set(key: string, value: V, lifeMs = this.options.lifeMs): void {
    this.kept.delete(key);
    if (lifeMs <= 0) return;
    this.kept.set(key, { value, until: performance.now() + lifeMs });
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > this.options.size && oldest !== undefined) this.kept.delete(oldest);
  }

  delete(key: string): void {
    this.kept.delete(key);
  }
}
