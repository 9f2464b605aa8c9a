import { withCliContext } from './cli-context.js';
import { CliError } from './cli-error.js';
import { findSecretsKeys } from './embedded-boot.js';
import { ResealSecrets, SealedSecretsModule } from './payments/index.js';
import { readSettings } from './platform/config/settings.js';

/** @throws CliError when there are no keys, or secrets are left that none of them opens */
export async function secretsRotate(): Promise<string> {
  const { SECRETS_KEYS, VAR_DIR } = readSettings({ ...process.env, NODE_ENV: 'development' });
  if (!SECRETS_KEYS && !findSecretsKeys(VAR_DIR)) throw new CliError('SECRETS_KEYS: is missing');
  const { key, resealed, left } = await withCliContext([SealedSecretsModule], (get) =>
    get(ResealSecrets).run(),
  );
  const done = `Sealed anew with the key "${key}": ${resealed}.`;
  if (left === 0) return `${done} The other keys are no longer needed.`;
  throw new CliError(
    `${done}\nStill sealed with other keys: ${left} account(s). Run this again with every key in SECRETS_KEYS, ` +
      `once the running processes have "${key}" as their first.`,
  );
}
