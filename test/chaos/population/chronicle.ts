/** A gift that the platform has said it took. */
export interface TakenOnRecord {
  id: string;
  email: string;
  life: string;
  /** The donor paid on purpose in a second tab: both payments stand, and somebody must be told. */
  isPaidTwiceOnPurpose: boolean;
}

/** What happened outside of the platform, as those know it to whom it happened. */
export class Chronicle {
  readonly taken = new Map<string, TakenOnRecord>();
  /** "rfd_…": refunds that the platform has said it took. */
  readonly refunds: string[] = [];
  /** Nobody ever answered these donors: their gift may exist or not. */
  gaveUp = 0;
  retries = 0;
  /** One key, two answers: which is a gift twice. */
  readonly contradictions: string[] = [];
  /** What the population itself could not do: a fault of the run, or of the platform. */
  readonly accidents: string[] = [];
  readonly counts: Record<string, number> = {};

  count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }
}
