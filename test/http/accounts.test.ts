import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestApp, type TestApp } from '../support/app.js';
import { givenAssociation, type GivenAssociation } from '../support/factories.js';
import { call } from '../support/http-client.js';
import { documentedCall } from '../support/openapi.js';
import { expectProblem } from '../support/problems.js';

interface Key {
  id: string;
  name: string;
  role: string;
  lastUsedOn: string | null;
  revokedAt: string | null;
}

interface KeyPage {
  data: Key[];
  hasMore: boolean;
  nextCursor: string | null;
}

let app: TestApp;
let association: GivenAssociation;
let owner: pg.Client;
beforeAll(async () => {
  app = await startTestApp();
  association = await givenAssociation(app);
  owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await app.close();
});

const make = (key: string, json: unknown) =>
  documentedCall(app, '/v1/api-keys', { method: 'POST', key, json });
const revoke = (key: string, id: string) =>
  documentedCall(app, `/v1/api-keys/${id}`, { method: 'DELETE', key });
const list = async (key: string, query = '') =>
  (await documentedCall(app, `/v1/api-keys${query}`, { key })).json as KeyPage;

async function anotherOwner(key: string): Promise<{ id: string; token: string }> {
  return (await make(key, { name: 'Second owner', role: 'owner' })).json as { id: string; token: string };
}

describe('API keys', () => {
  it('two owners who revoke each other at once leave one', async () => {
    for (let round = 0; round < 10; round++) {
      const { keys } = await givenAssociation(app);
      const first = (await list(keys.owner)).data.find(({ role }) => role === 'owner')!;
      const second = await anotherOwner(keys.owner);
      const answers = await Promise.all([revoke(keys.owner, second.id), revoke(second.token, first.id)]);
      const statuses = answers.map(({ status }) => status).sort();
      expect([
        [204, 401],
        [204, 409],
      ]).toContainEqual(statuses);
      const left = await Promise.all(
        [keys.owner, second.token].map((key) => call(app, '/v1/api-keys', { key })),
      );
      expect(left.map(({ status }) => status).sort()).toEqual([200, 401]);
    }
  });

  it('an owner may revoke the key it calls with, while another owner is left', async () => {
    const { keys } = await givenAssociation(app);
    const second = await anotherOwner(keys.owner);
    expect((await revoke(second.token, second.id)).status).toBe(204);
    expectProblem(await call(app, '/v1/api-keys', { key: second.token }), 401, 'api_key_unknown');
  });

  it('revoking twice is revoking once: the day stays, the journal has one entry', async () => {
    const { associationId, keys } = await givenAssociation(app);
    const { id } = (await list(keys.owner)).data.find(({ role }) => role === 'treasurer')!;
    const revokedAt = async () =>
      (await list(keys.owner)).data.find((candidate) => candidate.id === id)!.revokedAt;
    await revoke(keys.owner, id);
    const first = await revokedAt();
    await revoke(keys.owner, id);
    expect(await revokedAt()).toBe(first);
    const { rowCount } = await owner.query(
      `SELECT FROM journal_entries WHERE association_id = $1 AND action = 'api_key.revoked' AND subject = $2`,
      [associationId, id],
    );
    expect(rowCount).toBe(1);
  });

  it('tell on which day they were last used, and write it once a day', async () => {
    const { associationId, keys } = await givenAssociation(app);
    const version = async () =>
      (
        await owner.query(`SELECT xmin::text, last_used_on::text AS day FROM api_keys
           WHERE association_id = '${associationId}' AND role = 'reader'`)
      ).rows[0];
    expect((await version()).day).toBeNull();
    await call(app, '/v1/association', { key: keys.reader });
    const first = await version();
    expect(first.day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    await Promise.all(Array.from({ length: 5 }, () => call(app, '/v1/association', { key: keys.reader })));
    expect(await version()).toEqual(first);
  });

  it('are listed newest first, page by page, without a gap', async () => {
    const { keys } = await givenAssociation(app);
    for (const name of ['a', 'b', 'c']) await make(keys.owner, { name, role: 'reader' });
    const all = await list(keys.owner);
    expect(all).toMatchObject({ hasMore: false, nextCursor: null });
    expect(all.data.slice(0, 3).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    const walked: Key[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(keys.owner, `?limit=2${cursor && `&cursor=${cursor}`}`);
      walked.push(...page.data);
      cursor = page.nextCursor;
    }
    expect(walked.map(({ id }) => id)).toEqual(all.data.map(({ id }) => id));
  });

  it('a key for an Idempotency-Key is a new one each time: secrets are not kept for replays', async () => {
    const once = () =>
      call(app, '/v1/api-keys', {
        method: 'POST',
        key: association.keys.owner,
        json: { name: 'Site', role: 'reader' },
        headers: { 'idempotency-key': 'the-same' },
      });
    const answers = [await once(), await once()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]!.text).not.toBe(answers[1]!.text);
    const { rowCount } = await owner.query(`SELECT FROM idempotency_records WHERE key = 'the-same'`);
    expect(rowCount).toBe(0);
  });

  it.each([
    ['no name', { role: 'reader' }, '/name', 'required'],
    ['a name of spaces', { name: '  ', role: 'reader' }, '/name', 'required'],
    ['a name of two lines', { name: 'a\nb', role: 'reader' }, '/name', 'control_characters'],
    ['a role that does not exist', { name: 'a', role: 'king' }, '/role', 'not_allowed'],
    ['a token of its own choice', { name: 'a', role: 'reader', token: 'obole_x' }, '/token', 'unknown_field'],
  ])('are refused with %s', async (_what, json, pointer, code) => {
    const problem = expectProblem(await make(association.keys.owner, json), 422, 'validation_failed');
    expect(problem.errors).toContainEqual({ pointer, code, detail: expect.any(String) });
  });

  it('that are not there, or are another association’s, cannot be revoked', async () => {
    const other = await givenAssociation(app);
    const { id } = (await list(other.keys.owner)).data[0]!;
    expectProblem(await revoke(association.keys.owner, id), 404, 'api_key_not_found');
  });
});
