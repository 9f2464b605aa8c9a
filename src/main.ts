import 'reflect-metadata';
import { banner } from './banner.js';
import { createApp } from './create-app.js';
import { embeddedBoot, type EmbeddedBoot } from './embedded-boot.js';
import { DomainError } from './kernel/domain-error.js';
import { ConfigurationError, readSettings } from './platform/config/settings.js';
import { runConfig } from './run-config.js';
import { DEMO_FORM_PATH, seedDemo } from './seed-demo.js';
import { stopOnSignal } from './stop-on-signal.js';

const say = (text: string): void => console.error(text);

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const boot = await embeddedBoot(settings, say);
  try {
    await run(settings, boot);
  } catch (error) {
    await boot.stop();
    throw error;
  }
}

async function run(settings: ReturnType<typeof readSettings>, boot: EmbeddedBoot): Promise<void> {
  const config = runConfig(settings, {
    ...boot.supplied,
    ...(boot.isDemo && { demo: { formPath: DEMO_FORM_PATH } }),
  });
  const app = await createApp(config);
  const stop = stopOnSignal(async () => {
    await app.close();
    await boot.stop();
  });
  boot.onDatabaseExit((how) => {
    say(`The embedded database ended by itself (${how}).`);
    void stop(1);
  });
  const demo = boot.isDemo ? await seedDemo(app, settings.VAR_DIR) : null;
  await app.listen(config.http.port, config.http.host);
  say(banner(config, demo));
}

/** A person reads this: what is wrong with a setting needs no stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof DomainError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken. Set PORT (and SANDBOX_CHECKOUT_PORT, SANDBOX_API_PORT) to free ones.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

start().catch((error: unknown) => {
  say(`Obole cannot start.\n${explain(error)}`);
  process.exit(1);
});
