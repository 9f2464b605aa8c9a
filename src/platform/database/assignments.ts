import { snake } from './naming.js';

/**
 * `state = $3, paid_at = $4`: what an UPDATE sets, from properties of an entity. Their names come from the code,
 * never from a request. Undefined is no change.
 * @param next number of the first parameter
 */
export function assignments(changes: object, next: number): { sql: string; values: unknown[] } {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return {
    sql: given.map(([property], i) => `${snake(property)} = $${next + i}`).join(', '),
    values: given.map(([, value]) => value as unknown),
  };
}
