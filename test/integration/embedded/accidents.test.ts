import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { hasPid, serverProcesses } from '../../../src/platform/embedded/process-facts.js';
import { clusterName } from '../../../src/platform/embedded/server-settings.js';
import { Harness, ended, query } from './harness.js';

describe('accidents of the embedded PostgreSQL', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  it('a killed server is noticed, and the next start has every committed row and no other', async () => {
    const server = await harness.start();
    const died = new Promise<string>((resolve) => server.onExit(resolve));
    await query(
      server.adminUrl,
      'CREATE TABLE gift (id int)',
      'INSERT INTO gift SELECT generate_series(1, 1000)',
    );
    const open = new pg.Client(server.adminUrl);
    open.on('error', () => undefined);
    await open.connect();
    await open.query('BEGIN');
    await open.query('INSERT INTO gift VALUES (1001)');
    process.kill(harness.postmasterPid(), 'SIGKILL');
    expect(await died).toBe('SIGKILL');
    await server.stop();
    const next = await harness.start();
    expect(await query(next.adminUrl, 'SELECT count(*)::int AS gifts FROM gift')).toEqual([{ gifts: 1000 }]);
  });

  it('a server orphaned by a kill of its supervisor is taken over, with its rows, port and password', async () => {
    const { child, said: adminUrl } = await harness.startChild('supervisor-child.ts', harness.dataDir);
    await query(adminUrl, 'CREATE TABLE gift (id int)', 'INSERT INTO gift VALUES (1)');
    const orphan = harness.postmasterPid();
    child.kill('SIGKILL');
    await ended(child);
    expect(serverProcesses(clusterName(harness.dataDir))).toContain(orphan);

    const notices: string[] = [];
    const server = await harness.start({ notice: (text) => notices.push(text) });
    expect(server.adminUrl).toBe(adminUrl);
    expect(await query(server.adminUrl, 'SELECT id FROM gift')).toEqual([{ id: 1 }]);
    expect(serverProcesses(clusterName(harness.dataDir))).not.toContain(orphan);
    expect(notices).toEqual([expect.stringContaining(`server ${orphan}`)]);
  });

  it('supervisor and server killed together: the next start recovers', async () => {
    const { child, said: adminUrl } = await harness.startChild('supervisor-child.ts', harness.dataDir);
    await query(adminUrl, 'CREATE TABLE gift (id int)', 'INSERT INTO gift VALUES (1)');
    const postmaster = harness.postmasterPid();
    child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await ended(child);
    const server = await harness.start();
    expect(await query(server.adminUrl, 'SELECT id FROM gift')).toEqual([{ id: 1 }]);
  });

  it('a second supervisor of the same data is refused while the first lives', async () => {
    const { child } = await harness.startChild('supervisor-child.ts', harness.dataDir);
    await expect(harness.start()).rejects.toMatchObject({
      code: 'embedded_postgres_busy',
      message: expect.stringContaining(`Process ${child.pid}`),
    });
    await harness.startChild('supervisor-child.ts', join(harness.directory, 'other')).then(async (other) => {
      expect(await query(other.said, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  it('of many heirs to a dead owner, exactly one becomes the owner', async () => {
    const lock = join(harness.directory, 'contended.lock');
    const { child: dead } = await harness.startChild('lock-child.ts', lock);
    dead.kill('SIGKILL');
    await ended(dead);
    const heirs = await Promise.all(
      Array.from({ length: 6 }, () => harness.startChild('lock-child.ts', lock)),
    );
    expect(heirs.map(({ said }) => said).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'embedded_postgres_busy'),
      'owner',
    ]);
  });

  it('a process that has inherited the pid of a dead server does not keep it from starting', async () => {
    const first = await harness.start();
    await first.stop();
    const bystander = spawn('sleep', ['60']);
    const lines = [bystander.pid, harness.dataDir, 1_700_000_000, first.port, '', '127.0.0.1', '', 'ready'];
    writeFileSync(join(harness.dataDir, 'postmaster.pid'), `${lines.join('\n')}\n`);
    const second = await harness.start();
    expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(hasPid(bystander.pid!)).toBe(true);
    bystander.kill();
  });
});
