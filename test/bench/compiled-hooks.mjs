import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = new URL('../../', import.meta.url).href;
const dist = pathToFileURL(`${resolvePath(process.env.BENCH_DIST ?? 'dist')}/`).href;

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const [, path] = /^((?:src|migrations)\/.*)\.ts$/.exec(found.url.slice(root.length)) ?? [];
  if (!path || !found.url.startsWith(root)) return found;
  const url = new URL(`${path}.js`, dist);
  if (!existsSync(url)) throw new Error(`${url.pathname} is missing: run "npm run build" first.`);
  return { url: url.href, format: 'module', shortCircuit: true };
}
