import { StateMachine } from '../kernel/state-machine.js';

export type FormState = 'draft' | 'published' | 'archived';

export const formMachine = new StateMachine<FormState>('form', 'draft', {
  // Seen by the association alone.
  draft: ['published', 'archived'],
  // Anyone may give through it.
  published: ['draft', 'archived'],
  // Kept for its gifts; its slug stays taken.
  archived: [],
});
