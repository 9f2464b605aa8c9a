import { chmodSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Harness, query } from './harness.js';

/** Some other program on a port. */
async function occupy(port = 0): Promise<{ port: number; close: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('what the embedded PostgreSQL refuses, and what it puts right', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  it('a demanded port that is taken is an error that names it', async () => {
    const other = await occupy();
    await expect(harness.start({ port: other.port })).rejects.toMatchObject({
      code: 'embedded_postgres_port_taken',
      message: expect.stringContaining(`127.0.0.1:${other.port}`),
    });
    other.close();
    expect((await harness.start({ port: other.port })).port).toBe(other.port);
  });

  it('a remembered port that is taken gives way to another, said aloud', async () => {
    const first = await harness.start();
    await first.stop();
    const other = await occupy(first.port);
    const notices: string[] = [];
    const second = await harness.start({ notice: (text) => notices.push(text) });
    other.close();
    expect(second.port).not.toBe(first.port);
    expect(notices).toEqual([expect.stringContaining(`listens on ${second.port}`)]);
  });

  it('data of another major version are left alone, both versions named', async () => {
    const server = await harness.start();
    await server.stop();
    writeFileSync(join(harness.dataDir, 'PG_VERSION'), '14\n');
    await expect(harness.start()).rejects.toMatchObject({
      code: 'embedded_postgres_version_mismatch',
      message: expect.stringMatching(/PostgreSQL 14;.*PostgreSQL 15\.\d+/),
    });
  });

  it('a directory with other files in it is not overwritten', async () => {
    mkdirSync(harness.dataDir);
    writeFileSync(join(harness.dataDir, 'thesis.txt'), 'mine');
    await expect(harness.start()).rejects.toMatchObject({ code: 'embedded_postgres_failed' });
  });

  it('a setting that the server does not know is reported in its own words', async () => {
    await expect(harness.start({ settings: { no_such_setting: '1' } })).rejects.toMatchObject({
      message: expect.stringContaining('unrecognized configuration parameter "no_such_setting"'),
    });
  });

  it('a lost password file is replaced; the data stay', async () => {
    const first = await harness.start();
    await query(first.adminUrl, 'CREATE TABLE gift (id int)', 'INSERT INTO gift VALUES (1)');
    await first.stop();
    rmSync(`${harness.dataDir}.secret.json`);
    const second = await harness.start();
    expect(second.adminUrl).not.toBe(first.adminUrl);
    expect(await query(second.adminUrl, 'SELECT id FROM gift')).toEqual([{ id: 1 }]);
  });

  it('a checkout that the server user cannot reach is served all the same, by root from the shelter', async () => {
    const closed = join(harness.directory, 'closed');
    const shelterDir = join(harness.directory, 'shelter');
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    const dataDir = join(closed, 'data');
    const first = await harness.start({ dataDir, shelterDir });
    await query(first.adminUrl, 'CREATE TABLE gift (id int)', 'INSERT INTO gift VALUES (1)');
    expect(first.dataDir.startsWith(shelterDir)).toBe(process.getuid?.() === 0);
    expect(realpathSync(dataDir)).toBe(first.dataDir);
    await first.stop();
    const second = await harness.start({ dataDir, shelterDir });
    expect(await query(second.adminUrl, 'SELECT id FROM gift')).toEqual([{ id: 1 }]);
  });
});
