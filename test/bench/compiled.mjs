// Measures what users run: tests import the sources by name, and are given the compiled application.
// BENCH_DIST=/elsewhere measures another build of it, for instance the one before a change.
import { register } from 'node:module';

register('../support/typescript-hooks.mjs', import.meta.url);
register('./compiled-hooks.mjs', import.meta.url);
