import { describe, expect, it } from '@jest/globals';
import { formMachine, type FormState } from './form.state.js';

const allowed: Record<FormState, FormState[]> = {
  draft: ['published', 'archived'],
  published: ['draft', 'archived'],
  archived: [],
};

describe('the life of a form', () => {
  for (const from of formMachine.states) {
    for (const to of formMachine.states) {
      const may = allowed[from].includes(to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () =>
        expect(formMachine.canMove(from, to)).toBe(may));
    }
  }

  it('begins as a draft and ends in the archive only', () => {
    expect(formMachine.initial).toBe('draft');
    expect(formMachine.states.filter((state) => formMachine.isFinal(state))).toEqual(['archived']);
  });
});
