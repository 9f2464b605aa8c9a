import { z } from 'zod';
import type { SandboxOptions } from './start-sandbox.js';

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  SANDBOX_API_PORT: port.default(8443),
  SANDBOX_CHECKOUT_PORT: port.default(8444),
  SANDBOX_STATE_DIR: z.string().min(1).default('var/sandbox'),
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_PUBLIC_CHECKOUT_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** @throws Error naming every variable that is wrong, and what would be right */
export function readSettings(env: NodeJS.ProcessEnv): SandboxOptions {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The sandbox cannot start with these settings:\n${faults.join('\n')}`);
  }
  const settings = parsed.data;
  return {
    apiPort: settings.SANDBOX_API_PORT,
    checkoutPort: settings.SANDBOX_CHECKOUT_PORT,
    stateDir: settings.SANDBOX_STATE_DIR,
    host: settings.SANDBOX_HOST,
    publicCheckoutUrl: settings.SANDBOX_PUBLIC_CHECKOUT_URL,
  };
}
