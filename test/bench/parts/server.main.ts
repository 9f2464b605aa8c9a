import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssociationDirectory } from '../../../src/associations/index.js';
import { createApp } from '../../../src/create-app.js';
import { FormQueries, type Form } from '../../../src/forms/index.js';
import { PaymentProvider } from '../../../src/payments/providers/payment-provider.js';
import { readSettings } from '../../../src/platform/config/settings.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { freePort } from '../../../src/platform/embedded/free-port.js';
import { runConfig } from '../../../src/run-config.js';
import { seedDemo } from '../../../src/seed-demo.js';
import { benchProvider } from '../support/bench-provider.js';
import { cpuOfThisProcess } from '../support/cpu.js';
import { servePart } from '../support/part.js';
import { giftProcedures } from './gift-procedures.js';
import { planProcedures } from './plan-procedures.js';
import type { ProviderPlace } from './provider.main.js';
import { receiptProcedures } from './receipt-procedures.js';

export interface Place {
  port: number;
  poolSize: number;
  associationId: string;
  formId: string;
  giftPath: string;
}

/**
 * The application with the settings that users get, as a web process: no worker takes part of the machine.
 * Without a provider to call, one in this process answers at once.
 */
async function start({ databaseUrl, provider }: { databaseUrl: string; provider?: ProviderPlace }) {
  const settings = readSettings({
    ROLE: 'web',
    PORT: String(await freePort()),
    DATABASE_URL: databaseUrl,
    MOLLIE_API_KEY: 'test_keyOfTheBench',
    MOLLIE_API_URL: provider?.apiUrl ?? 'https://localhost/',
    MOLLIE_CA_FILE: provider?.caFile,
    SECRETS_KEYS: `bench:${Buffer.alloc(32, 1).toString('base64')}`,
  });
  const config = runConfig(settings);
  const app = await createApp(config);
  if (!provider) Object.assign(app.get(PaymentProvider, { strict: false }), benchProvider);
  const get = <T>(type: abstract new (...args: never[]) => T): T => app.get(type as never, { strict: false });
  const varDir = await mkdtemp(join(tmpdir(), 'obole-bench-server-'));
  const [, slug, formSlug] = (await seedDemo(app, varDir)).formPath.split('/') as [string, string, string];
  await rm(varDir, { recursive: true });
  await app.listen(config.http.port, config.http.host);

  const associationId = await get(AssociationDirectory).find(slug);
  const form: Form = await get(UnitOfWork).inTenant(associationId, () =>
    get(FormQueries).getPublished(formSlug),
  );
  const place: Place = {
    port: config.http.port,
    poolSize: config.database.poolSize,
    associationId,
    formId: form.id,
    giftPath: `/v1/associations/${slug}/forms/${formSlug}/donations`,
  };
  return {
    procedures: {
      place: () => place,
      memory: () => process.memoryUsage(),
      cpu: cpuOfThisProcess,
      ...giftProcedures(get, config, { associationId, formSlug }),
      ...receiptProcedures(get, associationId),
      ...planProcedures(get),
    },
    close: () => app.close(),
  };
}

export type ServerPart = Awaited<ReturnType<typeof start>>['procedures'];

servePart(start);
