import { Inject, Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { isUuid } from '../../kernel/ids.js';
import { ambientUnit, type Scope, type Unit } from './ambient-unit.js';
import { isTransientConflict, toDomainError } from './constraint-errors.js';

const MAX_TRIES = 3;

/**
 * The only way to the database. A unit runs in one transaction with its scope set, so that
 * row-level security shows it the rows of one association and no other.
 */
@Injectable()
export class UnitOfWork {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Joins the running unit of the same association; refuses to switch association inside one. */
  inTenant<T>(associationId: string, work: () => Promise<T>): Promise<T> {
    const running = ambientUnit.getStore();
    if (running?.scope.kind === 'tenant' && running.scope.associationId === associationId) return work();
    if (running) throw new Error('A unit of work cannot change its scope while it runs.');
    if (!isUuid(associationId)) throw new TypeError('associationId must be a UUID');
    return this.run({ kind: 'tenant', associationId }, work);
  }

  /** Work that is nobody's in particular: sweeps, the directory of slugs, platform administration. Say why. */
  acrossTenants<T>(reason: string, work: () => Promise<T>): Promise<T> {
    const running = ambientUnit.getStore();
    if (running?.scope.kind === 'across') return work();
    if (running) throw new Error('A unit of work cannot change its scope while it runs.');
    return this.run({ kind: 'across', reason }, work);
  }

  get manager(): EntityManager {
    return this.unit().runner.manager;
  }

  /** The association of the running unit. */
  get associationId(): string {
    const { scope } = this.unit();
    if (scope.kind !== 'tenant')
      throw new Error(`This needs one association, but runs across tenants (${scope.reason}).`);
    return scope.associationId;
  }

  /** The association of the running unit, or null across tenants. */
  get tenantOrNull(): string | null {
    const { scope } = this.unit();
    return scope.kind === 'tenant' ? scope.associationId : null;
  }

  /** For effects in this process's memory only (poking a runner). What must happen goes through the outbox. */
  afterCommit(effect: () => void): void {
    this.unit().afterCommit.push(effect);
  }

  /** Raw SQL in the running unit: the rows, of a SELECT as of a RETURNING. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.unit().client.query(sql, parameters)).rows as Row[];
  }

  /** Raw SQL in the running unit: how many rows it touched. */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return (await this.unit().client.query(sql, parameters)).rowCount ?? 0;
  }

  /**
   * One statement that is a transaction of its own, without BEGIN and COMMIT: for tables that belong to no association
   * (outbox, slugs, idempotency). It has no scope, so row-level security shows it nothing of any. Joins a running unit.
   */
  single<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    if (ambientUnit.getStore()) return this.query(sql, parameters);
    return this.again(() =>
      this.connected(async (_runner, client) => (await client.query(sql, parameters)).rows as Row[]),
    );
  }

  private unit(): Unit {
    const unit = ambientUnit.getStore();
    if (!unit) throw new Error('No unit of work is running: wrap the call in inTenant() or acrossTenants().');
    return unit;
  }

  private run<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    return this.again(() => this.connected((runner, client) => transact({ scope, runner, client }, work)));
  }

  private async again<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        // Deadlocks and serialization failures were rolled back whole: the same work may simply run again.
        if (tries >= MAX_TRIES || !isTransientConflict(error)) throw toDomainError(error);
      }
    }
  }

  private async connected<T>(work: (runner: QueryRunner, client: ClientBase) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await work(runner, (await runner.connect()) as ClientBase);
    } finally {
      await runner.release();
    }
  }
}

async function transact<T>(connected: Omit<Unit, 'afterCommit'>, work: () => Promise<T>): Promise<T> {
  const unit: Unit = { ...connected, afterCommit: [] };
  try {
    const begun = begin(unit);
    const result = await ambientUnit.run(unit, work);
    await begun;
    await unit.client.query('COMMIT');
    for (const effect of unit.afterCommit) effect();
    return result;
  } catch (error) {
    // A broken connection cannot roll back; PostgreSQL has done it already and the pool drops the client.
    await unit.client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * BEGIN and the scope in one message, which travels with the unit's first statement and is not waited for: TypeORM's
 * own startTransaction() would cost two round trips per unit. If it fails, so does every statement behind it.
 */
function begin({ scope, runner, client }: Unit): Promise<unknown> {
  const [name, value] =
    scope.kind === 'tenant' ? ['obole.association_id', scope.associationId] : ['obole.scope', 'across'];
  // Told to TypeORM too, or its save() would open and commit a transaction of its own inside ours.
  (runner as { isTransactionActive: boolean }).isTransactionActive = true;
  const begun = client.query(`BEGIN; SET LOCAL ${name} = '${value}'`);
  begun.catch(() => undefined); // Waited for before COMMIT; until then its failure must not end the process.
  return begun;
}
