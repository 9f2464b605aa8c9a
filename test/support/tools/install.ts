import { spawnSync } from 'node:child_process';
import { type ToolName, debianPackageOf, isAvailable, toolNames } from './tools.js';

/**
 * Installs what is missing with apt-get where that is possible (root on Debian or a relative).
 * Returns what is missing all the same.
 */
export function installMissingTools(say: (text: string) => void): ToolName[] {
  const missing = toolNames.filter((tool) => !isAvailable(tool));
  if (missing.length === 0 || process.getuid?.() !== 0 || !hasApt()) return missing;
  const packages = missing.map(debianPackageOf);
  say(`Installing ${packages.join(', ')} with apt-get`);
  if (apt('update')) apt('install', '--yes', '--no-install-recommends', ...packages);
  return toolNames.filter((tool) => !isAvailable(tool));
}

function hasApt(): boolean {
  return spawnSync('apt-get', ['--version']).status === 0;
}

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
