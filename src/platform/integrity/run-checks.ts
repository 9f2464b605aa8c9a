import type { UnitOfWork } from '../database/unit-of-work.js';
import { definedChecks, type IntegrityCheck } from './define-check.js';

export interface WrongRow {
  associationId: string | null;
  id: string | null;
  detail: string;
}

export interface CheckResult extends Pick<IntegrityCheck, 'name' | 'says'> {
  /** How many rows are wrong. */
  count: number;
  /** The first of them. */
  rows: WrongRow[];
}

const SHOWN = 20;
/** A large book takes longer than a request may. */
const PATIENCE = '15min';

/** Runs each check in a unit of its own, as the application: what it cannot see, it could not have written either. */
export async function runChecks(
  uow: UnitOfWork,
  checks: IntegrityCheck[] = definedChecks(),
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    results.push({ name: check.name, says: check.says, ...(await wrongRows(uow, check)) });
  }
  return results;
}

async function wrongRows(
  uow: UnitOfWork,
  { sql }: IntegrityCheck,
): Promise<Omit<CheckResult, 'name' | 'says'>> {
  try {
    return await uow.acrossTenants('integrity checks look at every association', async () => {
      await uow.execute(`SET LOCAL statement_timeout = '${PATIENCE}'`);
      const rows = await uow.query<WrongRow & { total: string }>(
        `SELECT association_id AS "associationId", id, detail, count(*) OVER () AS total
           FROM (${sql}) AS wrong ORDER BY association_id, id LIMIT ${SHOWN}`,
      );
      return {
        count: Number(rows[0]?.total ?? 0),
        rows: rows.map(({ associationId, id, detail }) => ({ associationId, id, detail })),
      };
    });
  } catch (error) {
    if (!isForeignSchema(error)) throw error;
    const detail = `cannot be checked: ${(error as Error).message}. Is the database at the newest schema?`;
    return { count: 1, rows: [{ associationId: null, id: null, detail }] };
  }
}

/** SQLSTATE 42P01 and 42703: a table or column is not there. */
function isForeignSchema(error: unknown): boolean {
  return ['42P01', '42703'].includes((error as { code?: string }).code ?? '');
}
