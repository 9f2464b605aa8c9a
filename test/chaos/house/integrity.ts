import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Installation } from './installation.js';

const dist = resolve(process.env.BENCH_DIST ?? 'dist');

interface Answer {
  integrity: 'clean' | 'broken';
  broken: Array<{ name: string; count: number; rows: Array<{ id: string | null; detail: string }> }>;
}

/** Runs the command that whoever runs an installation has. @returns "clean", or what it found */
export async function integrityOf({ settings, nodeArgs, home }: Installation): Promise<string> {
  const env = { PATH: process.env.PATH, ...settings, VAR_DIR: join(home, 'cli') };
  const args = [...nodeArgs, join(dist, 'src/cli.js'), 'integrity', '--json'];
  const said = await new Promise<string>((done) =>
    execFile(process.execPath, args, { env }, (_error, stdout, stderr) => done(stdout || stderr)),
  );
  try {
    const { integrity, broken } = JSON.parse(said) as Answer;
    if (integrity === 'clean') return integrity;
    return broken
      .map(({ name, count, rows }) => `${name} (${count}): ${rows[0]?.detail} [${rows[0]?.id}]`)
      .join('; ');
  } catch {
    return said;
  }
}
