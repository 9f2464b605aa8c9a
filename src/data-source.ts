import { DataSource, type DataSourceOptions } from 'typeorm';
import { SnakeNaming } from './platform/database/naming.js';

/** The one way to connect as the application. The schema is the migrations' alone: never synchronize. */
export function dataSourceOptions(database: { url: string; poolSize: number }): DataSourceOptions {
  return {
    type: 'postgres',
    url: database.url,
    poolSize: database.poolSize,
    namingStrategy: new SnakeNaming(),
    entities,
    synchronize: false,
    applicationName: 'obole',
    connectTimeoutMS: 5_000,
    extra: { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 },
  };
}

const entities: never[] = [];

export function makeDataSource(database: { url: string; poolSize: number }): DataSource {
  return new DataSource(dataSourceOptions(database));
}
