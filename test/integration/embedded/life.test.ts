import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serverProcesses } from '../../../src/platform/embedded/process-facts.js';
import { clusterName } from '../../../src/platform/embedded/server-settings.js';
import { Harness, query } from './harness.js';

describe('the life of the embedded PostgreSQL', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = new Harness();
  });
  afterEach(() => harness.cleanUp());

  it('starts from nothing, reachable from this machine only, with durable and checked data', async () => {
    const server = await harness.start();
    const [settings] = await query(
      server.adminUrl,
      `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous,
              current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums,
              current_setting('password_encryption') AS passwords, current_setting('server_encoding') AS encoding,
              upper('é') AS capital`,
    );
    expect(settings).toEqual({
      listen: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      synchronous: 'on',
      pages: 'on',
      checksums: 'on',
      passwords: 'scram-sha-256',
      encoding: 'UTF8',
      capital: 'É',
    });
  });

  it('admits nobody without the password, which only the owner can read', async () => {
    const server = await harness.start();
    const stranger = server.adminUrl.replace(/:[^:@]+@/, ':guess@');
    await expect(query(stranger, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(`${server.dataDir}.secret.json`).mode & 0o777).toBe(0o600);
  });

  it('a restart keeps rows, port and password', async () => {
    const first = await harness.start();
    await query(first.adminUrl, 'CREATE TABLE gift (cents int)', 'INSERT INTO gift VALUES (500)');
    await first.stop();
    const second = await harness.start();
    expect(second.adminUrl).toBe(first.adminUrl);
    expect(await query(second.adminUrl, 'SELECT cents FROM gift')).toEqual([{ cents: 500 }]);
  });

  it('a stop leaves no process and no lock, and asked twice stops once', async () => {
    const server = await harness.start();
    let exits = 0;
    server.onExit(() => (exits += 1));
    await Promise.all([server.stop(), server.stop()]);
    expect(serverProcesses(clusterName(server.dataDir))).toEqual([]);
    expect(readdirSync(harness.directory).sort()).toEqual(['data', 'data.log', 'data.secret.json']);
    expect(existsSync(`${server.dataDir}/postmaster.pid`)).toBe(false);
    expect(exits).toBe(0);
  });

  it('what a test gives up for speed is given up by name only', async () => {
    const server = await harness.start({ fsync: false, settings: { synchronous_commit: 'off' } });
    const [settings] = await query(
      server.adminUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous`,
    );
    expect(settings).toEqual({ fsync: 'off', synchronous: 'off' });
  });

  it('failed statements do not carry their data into the log', async () => {
    const server = await harness.start();
    await query(server.adminUrl, 'CREATE TABLE donor (email text PRIMARY KEY)');
    const twice = "INSERT INTO donor VALUES ('jeanne@example.org')";
    await expect(query(server.adminUrl, twice, twice)).rejects.toThrow('duplicate key');
    await server.stop();
    expect(readFileSync(`${server.dataDir}.log`, 'utf8')).not.toContain('jeanne');
  });
});
