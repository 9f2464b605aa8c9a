import { AsyncLocalStorage } from 'node:async_hooks';
import type { ClientBase } from 'pg';
import type { QueryRunner } from 'typeorm';

/** For whom a transaction sees rows: one association, or all of them for a named reason. */
export type Scope = { kind: 'tenant'; associationId: string } | { kind: 'across'; reason: string };

/** The running unit of work. Ambient, so that no method can use the wrong connection. */
export interface Unit {
  scope: Scope;
  runner: QueryRunner;
  /** The runner's connection, for statements that need nothing of TypeORM. */
  client: ClientBase;
  afterCommit: Array<() => void>;
}

export const ambientUnit = new AsyncLocalStorage<Unit | undefined>();

/** For the edges (provider, mail, queue): no foreign call inside a transaction. */
export function assertNoTransaction(): void {
  if (ambientUnit.getStore())
    throw new Error('A foreign call inside a database transaction: call it between two units of work.');
}
