import { docLink, halLink, type Link } from './hal.js';
import { MollieError } from './mollie-error.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 250;

export interface ListQuery {
  from?: string;
  limit?: string;
  sort?: string;
  testmode?: string;
  profileId?: string;
}

interface ListOptions<T extends { id: string }> {
  /** The name under `_embedded`. */
  name: string;
  /** Oldest first. */
  all: readonly T[];
  query: ListQuery;
  /** Without query string. */
  url: string;
  documentation: string;
  present: (item: T) => unknown;
}

/** Mollie's list envelope: newest first, `from` is the first item of the page, links carry the cursor. */
export function presentList<T extends { id: string }>(options: ListOptions<T>): Record<string, unknown> {
  const { query, all } = options;
  const limit = readLimit(query.limit);
  if (query.sort !== undefined && query.sort !== 'asc' && query.sort !== 'desc') {
    throw new MollieError(400, 'Invalid sort, use asc or desc', 'sort');
  }
  const ordered = query.sort === 'asc' ? all : [...all].reverse();
  const start = query.from === undefined ? 0 : ordered.findIndex((item) => item.id === query.from);
  if (start === -1) throw new MollieError(400, 'Invalid cursor value', 'from');
  const items = ordered.slice(start, start + limit);
  const page = (from: T | undefined): Link | null => {
    if (!from) return null;
    const search = new URLSearchParams({ from: from.id, limit: String(limit) });
    if (query.sort) search.set('sort', query.sort);
    // Without them the next page would be that of the other mode.
    if (query.testmode) search.set('testmode', query.testmode);
    if (query.profileId) search.set('profileId', query.profileId);
    return halLink(`${options.url}?${search.toString()}`);
  };
  return {
    count: items.length,
    _embedded: { [options.name]: items.map(options.present) },
    _links: {
      self: page(items[0]) ?? halLink(options.url),
      previous: start === 0 ? null : page(ordered[Math.max(0, start - limit)]),
      next: page(ordered[start + limit]),
      documentation: docLink(options.documentation),
    },
  };
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) {
    throw new MollieError(400, `Invalid limit, it must be between 1 and ${MAX_LIMIT}`, 'limit');
  }
  return limit;
}
