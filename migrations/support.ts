import type { QueryRunner } from 'typeorm';

/** What the application may do with a table. An append-only table grants neither UPDATE nor DELETE. */
type Privileges = 'SELECT' | 'SELECT, INSERT' | 'SELECT, INSERT, UPDATE' | 'SELECT, INSERT, UPDATE, DELETE';

/** Row-level security for a table with association_id: a unit of work sees one association, or says why it sees all. */
export async function protectTenantTable(
  runner: QueryRunner,
  table: string,
  privileges: Privileges,
): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(
    `CREATE POLICY ${table}_scope ON ${table}
      USING (association_id = current_association() OR in_scope_across())
      WITH CHECK (association_id = current_association() OR in_scope_across())`,
  );
  await grant(runner, table, privileges);
}

export async function grant(runner: QueryRunner, table: string, privileges: Privileges): Promise<void> {
  await runner.query(`GRANT ${privileges} ON ${table} TO obole_app`);
}

/** Refuses UPDATE and DELETE for everybody, owner included. */
export async function makeAppendOnly(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(
    `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  );
}

export async function run(runner: QueryRunner, statements: string[]): Promise<void> {
  for (const statement of statements) await runner.query(statement);
}
