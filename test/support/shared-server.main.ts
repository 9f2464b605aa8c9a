import { rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { startEmbeddedPostgres } from '../../src/platform/embedded/start-embedded-postgres.js';
import { type LaunchWord, sharedServerPaths } from './shared-server.js';

/** Long enough for two runs in a row to meet the same server. */
const LINGER_MS = 2_000;

try {
  await serve();
} catch (error) {
  const { code, message } = error as Error & { code?: string };
  say({ code, message });
}

function say(word: LaunchWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

async function serve(): Promise<void> {
  const postgres = await startEmbeddedPostgres({
    dataDir: sharedServerPaths.dataDir,
    logFile: sharedServerPaths.log,
    fsync: false,
    settings: { synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  let leases = 0;
  let farewell: NodeJS.Timeout | undefined;

  const leave = (): void => {
    rmSync(sharedServerPaths.address, { force: true });
    server.close();
    void postgres.stop();
  };
  const awaitLeave = (): void => {
    farewell = setTimeout(leave, LINGER_MS);
  };
  const server = createServer((socket) => {
    clearTimeout(farewell);
    leases += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      leases -= 1;
      if (leases === 0) awaitLeave();
    });
    socket.resume();
    socket.write(`${JSON.stringify({ adminUrl: postgres.adminUrl })}\n`);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    writeFileSync(sharedServerPaths.address, String(port), { mode: 0o600 });
    say({ code: 'ready', message: '' });
    awaitLeave();
  });
}
