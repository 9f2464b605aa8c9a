import { Inject, Injectable } from '@nestjs/common';
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
    return (await this.unit().runner.query(sql, parameters, true)).records as Row[];
  }

  /** Raw SQL in the running unit: how many rows it touched. */
  async execute(sql: string, parameters: unknown[] = []): Promise<number> {
    return (await this.unit().runner.query(sql, parameters, true)).affected ?? 0;
  }

  private unit(): Unit {
    const unit = ambientUnit.getStore();
    if (!unit) throw new Error('No unit of work is running: wrap the call in inTenant() or acrossTenants().');
    return unit;
  }

  private async run<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.runOnce(scope, work);
      } catch (error) {
        // Deadlocks and serialization failures were rolled back whole: the same work may simply run again.
        if (attempt >= MAX_TRIES || !isTransientConflict(error)) throw toDomainError(error);
      }
    }
  }

  private async runOnce<T>(scope: Scope, work: () => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const unit: Unit = { scope, runner, afterCommit: [] };
    try {
      await begin(runner, scope);
      const result = await ambientUnit.run(unit, work);
      await runner.query('COMMIT');
      for (const effect of unit.afterCommit) effect();
      return result;
    } catch (error) {
      // A broken connection cannot roll back; PostgreSQL has done it already and the pool drops the client.
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/** BEGIN and the scope in one round trip: TypeORM's own startTransaction() would cost a second one per unit. */
async function begin(runner: QueryRunner, scope: Scope): Promise<void> {
  const [name, value] =
    scope.kind === 'tenant' ? ['obole.association_id', scope.associationId] : ['obole.scope', 'across'];
  await runner.query(`BEGIN; SET LOCAL ${name} = '${value}'`);
  // Told to TypeORM too, or its save() would open and commit a transaction of its own inside ours.
  (runner as { isTransactionActive: boolean }).isTransactionActive = true;
}
