import type { Installation } from './installation.js';

/** @returns "clean", or what the platform's own check says is wrong */
export async function integrityOf(_house: Installation): Promise<string> {
  return 'not run';
}
