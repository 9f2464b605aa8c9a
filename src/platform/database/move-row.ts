import { newId } from '../../kernel/ids.js';
import { assignments } from './assignments.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Where rows with states live, and where their moves are written down. Names come from the code. */
export interface StatefulTable {
  table: string;
  events: string;
  /** The column of `events` that names the row: `payment_id`. */
  owner: string;
}

interface StatefulRow {
  associationId: string;
  id: string;
  state: string;
}

/**
 * The new state, what is learned with it, and the event, in one statement; the object then says the same.
 * @returns the event's id
 */
export async function moveRow<Row extends StatefulRow>(
  uow: UnitOfWork,
  { table, events, owner }: StatefulTable,
  row: Row,
  changes: Partial<Row> & Pick<Row, 'state'>,
): Promise<string> {
  const eventId = newId();
  const set = assignments(changes, 6);
  await uow.execute(
    `WITH moved AS (UPDATE ${table} SET ${set.sql} WHERE association_id = $1 AND id = $3)
     INSERT INTO ${events} (association_id, id, ${owner}, from_state, to_state) VALUES ($1, $2, $3, $4, $5)`,
    [row.associationId, eventId, row.id, row.state, changes.state, ...set.values],
  );
  Object.assign(row, changes);
  return eventId;
}

/** The first event of a row's life, for those that may be born in any state. */
export async function recordBirth(
  uow: UnitOfWork,
  { events, owner }: StatefulTable,
  row: StatefulRow,
): Promise<void> {
  await uow.execute(
    `INSERT INTO ${events} (association_id, id, ${owner}, from_state, to_state) VALUES ($1, $2, $3, NULL, $4)`,
    [row.associationId, newId(), row.id, row.state],
  );
}
