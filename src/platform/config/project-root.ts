import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of our package.json. The code runs from `src/` under jest and from `dist/src/` in production:
 * only the package file tells where `templates/` is.
 */
export function projectRoot(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && isObole(manifest)) return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json named "obole" above ${from}.`);
  }
}

function isObole(manifest: string): boolean {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'obole';
}
