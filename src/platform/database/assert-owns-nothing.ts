import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../config/settings.js';

interface Facts {
  isSuperuser: boolean;
  bypassesRls: boolean;
  ownedTables: string;
  hasSchema: boolean;
}

/**
 * Row-level security does not bind superusers, BYPASSRLS roles and owners: such a role as the
 * application's login would open every association to every other. Refuse to run with one.
 * @throws ConfigurationError
 */
export async function assertOwnsNothing(dataSource: DataSource): Promise<void> {
  const [facts] = (await dataSource.query(
    `SELECT rolsuper AS "isSuperuser", rolbypassrls AS "bypassesRls",
            (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = 'public' AND c.relkind = 'r' AND pg_has_role(c.relowner, 'MEMBER')) AS "ownedTables",
            to_regclass('public.associations') IS NOT NULL AS "hasSchema"
       FROM pg_roles WHERE rolname = current_user`,
  )) as [Facts];
  if (facts.isSuperuser || facts.bypassesRls || Number(facts.ownedTables) > 0) {
    throw new ConfigurationError([
      'DATABASE_URL: this role is a superuser, may bypass row-level security, or owns tables. ' +
        'Give the application a login of its own (obole migrate creates the one that DATABASE_URL names).',
    ]);
  }
  if (!facts.hasSchema)
    throw new ConfigurationError([
      'DATABASE_URL: this database has no tables yet. Run "npm run obole -- migrate" first.',
    ]);
}
