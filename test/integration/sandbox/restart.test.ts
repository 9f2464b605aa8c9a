import { spawn, type ChildProcess } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { APP, callTokens, connect } from './mollie-bench.js';
import { GIFT, callApi, control, freshSandbox, makePayment, merchant, until } from './sandbox-bench.js';

interface Child {
  process: ChildProcess;
  api: { apiUrl: string; caPem: string };
  controlUrl: string;
  tokensUrl: string;
}

/** main.ts as it stands, in a process of its own, through the hooks that compile TypeScript on the way in. */
async function spawnSandbox(stateDir: string, environment: Record<string, string> = {}): Promise<Child> {
  const child = spawn(
    process.execPath,
    ['--import', './test/support/typescript.mjs', 'src/sandbox/main.ts'],
    {
      env: {
        PATH: process.env.PATH,
        SANDBOX_API_PORT: '0',
        SANDBOX_CHECKOUT_PORT: '0',
        SANDBOX_STATE_DIR: stateDir,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve();
    });
    child.on('exit', () => reject(new Error(errors)));
  });
  const { apiUrl, controlUrl, tokensUrl, caFile } = JSON.parse(said) as Record<string, string>;
  return {
    process: child,
    api: { apiUrl: apiUrl!, caPem: await readFile(caFile!, 'utf8') },
    controlUrl: controlUrl!,
    tokensUrl: tokensUrl!,
  };
}

const ended = (child: Child): Promise<number | null> =>
  new Promise((resolve) => child.process.once('exit', (code) => resolve(code)));

describe('a restart forgets nothing', () => {
  let stateDir: string;
  beforeEach(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'obole-sandbox-'));
  });
  afterEach(() => rm(stateDir, { recursive: true, force: true }));

  it('what was acknowledged survives kill -9, under load and with a torn last line', async () => {
    const child = await spawnSandbox(stateDir);
    const gone = ended(child);
    const acknowledged = new Map<string, string>();
    let sent = 0;
    const load = Array.from({ length: 8 }, async () => {
      for (;;) {
        const idempotencyKey = `key-${sent++}`;
        const reply = await callApi(child.api, 'POST', 'payments', { body: GIFT, idempotencyKey });
        acknowledged.set(reply.json.id as string, idempotencyKey);
        if (acknowledged.size === 100) child.process.kill('SIGKILL');
      }
    });
    await Promise.allSettled(load);
    await gone;
    expect(acknowledged.size).toBeGreaterThanOrEqual(100);
    await appendFile(join(stateDir, 'journal.jsonl'), '[["payment","tr_torn",{"id":"tr_t');

    const { sandbox, dispose } = await freshSandbox({ stateDir });
    for (const [id, idempotencyKey] of acknowledged) {
      expect((await callApi(sandbox, 'GET', `payments/${id}`)).status).toBe(200);
      const replay = await callApi(sandbox, 'POST', 'payments', { body: GIFT, idempotencyKey });
      expect(replay.json.id).toBe(id);
    }
    await dispose();
  });

  it('customers, mandates, planned charges, connections and payouts survive kill -9 too', async () => {
    const child = await spawnSandbox(stateDir);
    const gone = ended(child);
    const running = { ...child.api, controlUrl: child.controlUrl, tokensUrl: child.tokensUrl };
    const who = await connect(running);
    const as = { key: who.accessToken };
    const ours = { profileId: who.profileIds[0], testmode: true };
    const customer = await callApi(running, 'POST', 'customers', { ...as, body: { testmode: true } });
    const firstBody = { ...GIFT, ...ours, sequenceType: 'first', customerId: customer.json.id };
    const first = await callApi(running, 'POST', 'payments', { ...as, body: firstBody });
    await control(running, 'POST', `/payments/${first.json.id}/status`, { status: 'paid' });
    const { settlements } = await control<{ settlements: { id: string }[] }>(running, 'POST', '/settlements');
    await control(running, 'PUT', '/behaviour', { recurring: { delayMs: 3_000 } });
    const chargeBody = { ...GIFT, ...ours, sequenceType: 'recurring', customerId: customer.json.id };
    const charge = await callApi(running, 'POST', 'payments', { ...as, body: chargeBody });
    expect(charge.json.status).toBe('pending');
    child.process.kill('SIGKILL');
    await gone;

    const { sandbox, dispose } = await freshSandbox({ stateDir });
    const read = (path: string) => callApi(sandbox, 'GET', path, as);
    const mandates = await read(`customers/${customer.json.id}/mandates?testmode=true`);
    expect(mandates.json._embedded.mandates).toMatchObject([{ id: charge.json.mandateId, status: 'valid' }]);
    expect((await read(`settlements/${settlements[0]!.id}/payments`)).json.count).toBe(1);
    await until('the charge', async () => {
      const { json } = await read(`payments/${charge.json.id}?testmode=true`);
      return json.status === 'paid';
    });
    const again = { grant_type: 'refresh_token', refresh_token: who.refreshToken };
    expect((await callTokens(sandbox, again)).status).toBe(200);
    expect((await callTokens(sandbox, again, { secret: 'another' })).status).toBe(401);
    const journal = await readFile(join(stateDir, 'journal.jsonl'), 'utf8');
    for (const secret of [who.accessToken, who.refreshToken, APP.secret])
      expect(journal).not.toContain(secret);
    await dispose();
  });

  it('webhooks still owed are sent after the restart, on their schedule', async () => {
    const shop = await merchant((call) => (call === 1 ? 500 : 200));
    const first = await freshSandbox({ stateDir, webhookRetryDelaysMs: [0, 600] });
    const id = await makePayment(first.sandbox, { webhookUrl: shop.url });
    await control(first.sandbox, 'POST', `/payments/${id}/status`, { status: 'paid' });
    await until('the first attempt', () => shop.received.length === 1);
    await first.sandbox.close();

    const second = await freshSandbox({ stateDir, webhookRetryDelaysMs: [0, 600] });
    await until('the second attempt', () => shop.received.length === 2);
    await until('nothing owed', async () => {
      const { owed } = await control<{ owed: unknown[] }>(second.sandbox, 'GET', '/webhooks');
      return owed.length === 0;
    });
    await second.dispose();
    await shop.close();
  });

  it('keeps its certificate, readable by nobody else', async () => {
    const first = await freshSandbox({ stateDir });
    await first.sandbox.close();
    const second = await freshSandbox({ stateDir });
    expect(second.sandbox.caPem).toBe(first.sandbox.caPem);
    expect(await readFile(join(stateDir, 'ca.pem'), 'utf8')).toBe(first.sandbox.caPem);
    for (const file of ['tls.json', 'journal.jsonl']) {
      expect((await stat(join(stateDir, file))).mode & 0o077).toBe(0);
    }
    expect((await readFile(join(stateDir, 'journal.jsonl'), 'utf8')).includes('test_')).toBe(false);
    await second.sandbox.close();
    const nearlyOver = new Date(Date.now() + 340 * 86_400_000);
    const third = await freshSandbox({ stateDir, clock: { now: () => nearlyOver } });
    expect(third.sandbox.caPem).not.toBe(first.sandbox.caPem);
    await third.dispose();
  });

  it('SIGTERM ends it cleanly, and wrong settings are all named', async () => {
    const child = await spawnSandbox(stateDir);
    const code = ended(child);
    child.process.kill('SIGTERM');
    expect(await code).toBe(0);
    const wrong = { SANDBOX_API_PORT: 'https', SANDBOX_PUBLIC_CHECKOUT_URL: 'nowhere' };
    await expect(spawnSandbox(stateDir, wrong)).rejects.toThrow(
      /SANDBOX_API_PORT[^]*SANDBOX_PUBLIC_CHECKOUT_URL/,
    );
  });
});
