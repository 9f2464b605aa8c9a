import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import {
  disturbSandbox,
  givenAssociation,
  givenForm,
  giftBody,
  giftDonor,
  postGift,
  type GivenAssociation,
  type GivenForm,
} from '../support/factories.js';
import { call } from '../support/http-client.js';

/** A donor's client, which knows only how its own request ended. */
interface Attempt {
  /** Which of the donor's intentions to give: each has a key of its own. */
  intention: number;
  /** What becomes of the call to the provider. */
  provider: 'answers' | 'fails' | 'loses the answer';
  /** How many times the same request is sent at the same moment. */
  times: number;
}

const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({
    intention: fc.nat({ max: 2 }),
    provider: fc.constantFrom(
      'answers' as const,
      'answers' as const,
      'fails' as const,
      'loses the answer' as const,
    ),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const BEHAVIOUR = {
  answers: {},
  fails: { failNext: { times: 100, status: 500 } },
  'loses the answer': { dropAfterWork: 100 },
} as const;

describe('requests with an Idempotency-Key', () => {
  let app: TestApp;
  let association: GivenAssociation;
  let form: GivenForm;
  beforeAll(async () => {
    app = await startTestApp({ role: 'web', mollieTimeoutMs: 300 });
  });
  afterAll(() => app.close());

  async function providerPayments(ids: string[]): Promise<string[]> {
    const { payments } = (await (await fetch(`${app.sandbox.controlUrl}/payments?limit=10000`)).json()) as {
      payments: Array<{ description: string }>;
    };
    const gifts = payments.map(({ description }) => description.split(' ')[0]!);
    return gifts.filter((id) => ids.includes(id)).sort();
  }

  it('make one gift and one payment for each key, however often they are sent and whatever fails between', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, async (sequence) => {
        association = await givenAssociation(app);
        form = await givenForm(app, association);
        const keys = [newId(), newId(), newId()];
        const send = (intention: number) => {
          const donor = giftDonor({ firstName: `Camille ${intention}` });
          return postGift(app, form, giftBody({ donor }), { 'idempotency-key': keys[intention]! });
        };
        for (const { intention, provider, times } of sequence) {
          await disturbSandbox(app, BEHAVIOUR[provider]);
          const answers = await Promise.all(Array.from({ length: times }, () => send(intention)));
          for (const { status } of answers) expect([201, 409, 503]).toContain(status);
        }
        await disturbSandbox(app, {});
        const meant = [...new Set(sequence.map(({ intention }) => intention))];
        const last = await Promise.all(meant.map(send));
        expect(last.map(({ status }) => status)).toEqual(meant.map(() => 201));
        const ids = last.map(({ json }) => (json as { id: string }).id).sort();
        const listed = await call(app, '/v1/donations?limit=100', { key: association.keys.reader });
        expect((listed.json as { data: Array<{ id: string }> }).data.map(({ id }) => id).sort()).toEqual(ids);
        expect(await providerPayments(ids)).toEqual(ids);
      }),
      { numRuns: 12 },
    );
  });
});
