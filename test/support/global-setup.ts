import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface RunState {
  oboleTestDatabase?: ChildProcess;
}

/** One database server and one template for the whole run, whatever the number of projects that ask. */
export default async function globalSetup({ rootDir }: { rootDir: string }): Promise<void> {
  const state = globalThis as RunState;
  if (state.oboleTestDatabase) return;
  const support = join(rootDir, 'test/support');
  const loader = join(support, 'typescript.mjs');
  const child = spawn(process.execPath, ['--import', loader, join(support, 'prepare-database.main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  state.oboleTestDatabase = child;
  process.env.OBOLE_TEST_DATABASE = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The tests' database is not there (exit code ${code}).`)));
  });
}
