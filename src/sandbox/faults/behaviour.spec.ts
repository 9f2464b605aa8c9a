import { describe, expect, it } from '@jest/globals';
import { Behaviour, behaviourSchema } from './behaviour.js';

describe('disturbances', () => {
  it('happen as often as asked for, then no more', () => {
    const behaviour = new Behaviour();
    behaviour.replace(behaviourSchema.parse({ hang: 2, failNext: { times: 1, status: 503 } }));
    expect([behaviour.take('hang'), behaviour.take('hang'), behaviour.take('hang')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(behaviour.takeFailure()?.status).toBe(503);
    expect(behaviour.takeFailure()).toBeNull();
    expect(behaviour.take('dropConnection')).toBe(false);
  });

  it('of webhooks are a rate below one, a count from one on', () => {
    const draws = [0.1, 0.5, 0.29];
    const behaviour = new Behaviour(() => draws.shift()!);
    behaviour.replace(behaviourSchema.parse({ webhooks: { lose: 0.3, double: 2 } }));
    expect([1, 2, 3].map(() => behaviour.takeWebhook('lose'))).toEqual([true, false, true]);
    expect([1, 2, 3].map(() => behaviour.takeWebhook('double'))).toEqual([true, true, false]);
  });

  it('strike the verb and the path that were named, and no others', () => {
    const behaviour = new Behaviour();
    expect(behaviour.disturbs('GET', '/v2/payments')).toBe(true);
    behaviour.replace(behaviourSchema.parse({ only: 'POST', onlyPath: '/oauth2/' }));
    expect(behaviour.disturbs('POST', '/oauth2/tokens')).toBe(true);
    expect(behaviour.disturbs('DELETE', '/oauth2/tokens')).toBe(false);
    expect(behaviour.disturbs('POST', '/v2/payments')).toBe(false);
  });

  it('that nobody knows are refused', () => {
    expect(behaviourSchema.safeParse({ explode: 1 }).success).toBe(false);
    expect(behaviourSchema.safeParse({ failNext: { times: 1, status: 200 } }).success).toBe(false);
    expect(behaviourSchema.safeParse({ webhooks: { lose: 1.5 } }).success).toBe(false);
  });
});
