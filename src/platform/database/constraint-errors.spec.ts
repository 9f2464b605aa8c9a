import { describe, expect, it } from '@jest/globals';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { toDomainError } from './constraint-errors.js';

describe('what the database says', () => {
  it.each([
    ['refused', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['shutting down', Object.assign(new Error('terminating connection'), { code: '57P01' })],
    ['cut while it is used', new Error('Connection terminated unexpectedly')],
    ['cut between two statements of a unit', new QueryRunnerAlreadyReleasedError()],
  ])('a connection that is %s means that it is not there now', (_how, error) => {
    expect(toDomainError(error)).toMatchObject({ kind: 'unavailable', code: 'database_unavailable' });
  });

  it('anything else stays what it is', () => {
    const error = new Error('a fault of ours');
    expect(toDomainError(error)).toBe(error);
  });
});
