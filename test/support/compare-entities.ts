import type pg from 'pg';
import type { DataSource, EntityMetadata } from 'typeorm';

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  length: string;
  primary: boolean;
}

/** Tables that are read and written by SQL alone: no entity describes them. */
const WITHOUT_ENTITY = [
  'association_slugs',
  'deposit_items',
  'deposits',
  'donation_events',
  'form_events',
  'idempotency_records',
  'journal_entries',
  'ledger_account_numbers',
  'ledger_entries',
  'ledger_lines',
  'living_receipts',
  'migrations',
  'offline_corrections',
  'offline_donations',
  'outbox',
  'periodic_jobs',
  'payment_dispute_events',
  'payment_events',
  'payment_mandate_events',
  'payment_mismatches',
  'payment_refund_events',
  'payout_parts',
  'plan_events',
  'plan_period_events',
  'provider_consents',
  'provider_events',
  'receipt_cancellations',
  'receipt_counters',
  'receipt_revisions',
  'stored_files',
];

/** One line for each thing in which the entities and the migrated schema differ; empty when they agree. */
export async function compareEntities(source: DataSource, owner: pg.Client): Promise<string[]> {
  const schema = await columnsOfSchema(owner);
  const entities = source.entityMetadatas.flatMap((entity) => columnsOfEntity(source, entity));
  const tables = new Set([...[...schema, ...entities].map(({ table }) => table), ...WITHOUT_ENTITY]);
  return [...tables].sort().flatMap((table) => {
    const [inCode, inSchema] = [entities, schema].map((all) =>
      all.filter((column) => column.table === table),
    );
    if (WITHOUT_ENTITY.includes(table))
      return inSchema!.length === 0 ? [`${table}: no migration makes it`] : [];
    if (inCode!.length === 0) return [`${table}: no entity`];
    if (inSchema!.length === 0) return [`${table}: no migration makes it`];
    return compareTable(table, inCode!, inSchema!);
  });
}

function compareTable(table: string, inCode: Column[], inSchema: Column[]): string[] {
  const names = [...new Set([...inCode, ...inSchema].map(({ name }) => name))];
  return names.flatMap((name) => {
    const code = inCode.find((column) => column.name === name);
    const schema = inSchema.find((column) => column.name === name);
    if (!schema) return [`${table}.${name}: only in the entity`];
    if (!code) return [`${table}.${name}: only in the migrations`];
    return (['type', 'nullable', 'length', 'primary'] as const)
      .filter((key) => code[key] !== schema[key])
      .map(
        (key) => `${table}.${name}: ${key} is ${code[key]} in the entity, ${schema[key]} in the migrations`,
      );
  });
}

function columnsOfEntity(source: DataSource, { tableName, columns }: EntityMetadata): Column[] {
  return columns.map((column) => ({
    table: tableName,
    name: column.databaseName,
    type: source.driver.normalizeType(column),
    nullable: column.isNullable,
    length: column.length,
    primary: column.isPrimary,
  }));
}

async function columnsOfSchema(owner: pg.Client): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type, c.is_nullable = 'YES' AS nullable,
            COALESCE(c.character_maximum_length::text, '') AS length,
            EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                     WHERE i.indisprimary AND i.indrelid = c.table_name::regclass AND a.attname = c.column_name) AS primary
       FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`,
  );
  return rows;
}
