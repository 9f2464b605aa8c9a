import { DataSource, type DataSourceOptions } from 'typeorm';
import { ApiKey } from './accounts/index.js';
import { Alert } from './alerts/index.js';
import { Association } from './associations/index.js';
import { Donation, Plan, PlanPeriod } from './donations/index.js';
import { Donor, DonorAddress } from './donors/index.js';
import { Form } from './forms/index.js';
import { MailDelivery } from './mailing/index.js';
import { Mandate, MollieAccount } from './payments/index.js';
import { Dispute, Payment, Payout, Refund } from './payments/index.js';
import { SnakeNaming } from './platform/database/naming.js';
import { PreparingClient } from './platform/database/preparing-client.js';
import { Receipt } from './receipts/index.js';

export const entities = [
  Association,
  ApiKey,
  Donor,
  DonorAddress,
  Form,
  Payment,
  MollieAccount,
  Mandate,
  Refund,
  Dispute,
  Payout,
  Donation,
  Plan,
  PlanPeriod,
  Receipt,
  MailDelivery,
  Alert,
];

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
    extra: {
      Client: PreparingClient,
      pipeline: true,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}

export function makeDataSource(database: { url: string; poolSize: number }): DataSource {
  return new DataSource(dataSourceOptions(database));
}
