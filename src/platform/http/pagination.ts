import { z } from 'zod';
import { invalidField } from '../../kernel/domain-error.js';
import { isUuid } from '../../kernel/ids.js';

export const MAX_PAGE = 100;

/** Newest first. Ids are UUIDv7, so their order is the order of creation and one key is enough for the keyset. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
  cursor: z.string().max(64).optional().describe('nextCursor of the page before'),
});
export type PageQuery = z.output<typeof pageQuery>;

export interface Page<T> {
  data: T[];
  hasMore: boolean;
  nextCursor: string | null;
}

const UUID_BYTES = 16;
/** Below it in order: everything. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * @returns the id that the rows of this page come after (exclusive, descending)
 * @throws DomainError `validation_failed` with `malformed_cursor`
 */
export function beforeId({ cursor }: Pick<PageQuery, 'cursor'>): string {
  if (cursor === undefined) return LAST;
  const bytes = Buffer.from(cursor, 'base64url');
  const hex = bytes.toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (bytes.length !== UUID_BYTES || !isUuid(id))
    throw invalidField('/cursor', 'malformed_cursor', 'This is no cursor of ours.');
  return id;
}

/** @param rows one more than `limit` was asked for: the surplus tells whether there is a next page */
export function toPage<Row extends { id: string }, T>(
  rows: Row[],
  { limit }: PageQuery,
  present: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  const last = shown.at(-1);
  return {
    data: shown.map(present),
    hasMore,
    nextCursor:
      hasMore && last ? Buffer.from(last.id.replaceAll('-', ''), 'hex').toString('base64url') : null,
  };
}
