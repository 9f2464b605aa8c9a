import pg from 'pg';

/** Statements come from the code, so they are few; lists of varying length must not fill the server's memory. */
const MAX_NAMES = 500;
const names = new Map<string, string>();

/**
 * Statements with parameters are prepared once per connection: PostgreSQL parses, rewrites for row-level security and
 * plans each of them once and not at every call. A pooler between must keep prepared statements (PgBouncer since 1.21).
 */
export class PreparingClient extends pg.Client {
  override query(...call: unknown[]): never {
    const [text, values, ...rest] = call;
    const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined;
    const prepared = name === undefined ? call : [{ name, text, values }, ...rest];
    return super.query(...(prepared as [string])) as never;
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_NAMES) return known;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}
