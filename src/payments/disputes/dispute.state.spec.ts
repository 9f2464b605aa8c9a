import { describe, expect, it } from '@jest/globals';
import { disputeMachine, type DisputeState } from './dispute.state.js';

describe('a dispute', () => {
  it.each<[DisputeState, DisputeState[]]>([
    ['opened', ['won', 'lost']],
    ['won', []],
    ['lost', ['won']],
  ])('that is %s goes to %j and nowhere else', (from, targets) => {
    expect(disputeMachine.states.filter((to) => disputeMachine.canMove(from, to))).toEqual(targets);
  });
});
