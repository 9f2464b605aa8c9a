import { describe } from '@jest/globals';
import { type ToolName, howToGet, isAvailable } from './tools.js';

/**
 * `describe` for tests that need a program from outside npm. Without it they are skipped by name, and the end of
 * `npm test` says how to get it; where CI=true nothing is skipped: what is missing fails.
 */
export function describeWith(tool: ToolName, name: string, body: () => void): void {
  if (isAvailable(tool)) {
    describe(name, body);
    return;
  }
  if (process.env.CI === 'true') throw new Error(`"${name}" needs ${tool}: ${howToGet(tool)}.`);
  const block = describe['skip'];
  block(`${name} (needs ${tool})`, body);
}
