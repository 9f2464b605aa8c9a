// Module hooks (node:module register): runs the project's TypeScript as it stands, for processes that the
// tests start themselves. The same compiler and options as in jest.config.mjs.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compiled once: a process that tests start again and again is up in half the time. */
const cache = join(import.meta.dirname, '../../var/test-compiled');
mkdirSync(cache, { recursive: true });
/** Loaded when there is something to compile. */
const require = createRequire(import.meta.url);

const COMPILER = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

/** Sources import each other as ".js", as tsc wants it. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  return { format: 'module', source: compiled(fileURLToPath(url)), shortCircuit: true };
}

function compiled(filename) {
  const text = readFileSync(filename, 'utf8');
  const key = createHash('sha256')
    .update(`${JSON.stringify(COMPILER)}${filename}\0${text}`)
    .digest('hex');
  const file = join(cache, `${key.slice(0, 32)}.js`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { code } = require('@swc/core').transformSync(text, { ...COMPILER, filename });
  // Several processes may do this at once: each file appears whole or not at all.
  writeFileSync(`${file}.${process.pid}`, code);
  renameSync(`${file}.${process.pid}`, file);
  return code;
}
