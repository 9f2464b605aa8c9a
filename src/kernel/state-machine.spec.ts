import { describe, expect, it } from '@jest/globals';
import { StateMachine } from './state-machine.js';

describe('a state machine', () => {
  it('refuses a table with an unknown target', () => {
    expect(() => new StateMachine('x', 'a', { a: ['b' as 'a'] })).toThrow(/unknown state b/);
  });

  it('refuses a state that no path reaches', () => {
    expect(() => new StateMachine<'a' | 'b'>('x', 'a', { a: [], b: [] })).toThrow(/b cannot be reached/);
  });

  it('refuses a state that leads to itself', () => {
    expect(() => new StateMachine<'a'>('x', 'a', { a: ['a'] })).toThrow(/a leads to itself/);
  });

  it('names the move it refuses', () => {
    const machine = new StateMachine<'a' | 'b'>('form', 'a', { a: ['b'], b: [] });
    expect(() => machine.assertMove('b', 'a')).toThrow(
      expect.objectContaining({ code: 'form_transition_refused', kind: 'conflict' }),
    );
    expect(machine.isFinal('b')).toBe(true);
  });
});
