import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Money } from '../../../src/kernel/money.js';
import { CONNECT_SCOPES } from '../../../src/payments/accounts/connect-scopes.js';
import { MollieAccounts } from '../../../src/payments/providers/mollie-accounts.js';
import { MollieProvider } from '../../../src/payments/providers/mollie-provider.js';
import type {
  CreatePayment,
  ProviderAccount,
  ProviderAnswer,
} from '../../../src/payments/providers/payment-provider.js';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { API_KEY, control, freshSandbox } from '../sandbox/sandbox-bench.js';

const CLIENT_ID = 'app_oboleOfTheTests';
const REDIRECT = 'https://obole.example/mollie/callback';
const key: ProviderAccount = { apiKey: API_KEY };

const gift = (more: Partial<CreatePayment> = {}): CreatePayment => ({
  idempotencyKey: randomUUID(),
  paymentId: randomUUID(),
  amount: Money.of(2050),
  applicationFee: null,
  sequence: 'oneoff',
  customerId: null,
  mandateId: null,
  description: 'Don DON-1',
  redirectUrl: 'https://example.org/merci',
  locale: 'fr_FR',
  ...more,
});

function valueOf<T>(answer: ProviderAnswer<T>): T {
  if (answer.outcome !== 'ok') throw new Error(`${answer.outcome}: ${answer.detail}`);
  return answer.value;
}

describe('Mollie’s other calls, and what comes of them', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  let provider: MollieProvider;
  let impatient: MollieProvider;
  let accounts: MollieAccounts;
  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
    const to = { apiUrl: sandbox.apiUrl, extraCaPem: sandbox.caPem };
    provider = new MollieProvider(to);
    impatient = new MollieProvider({ ...to, timeoutMs: 500, maxAttempts: 1 });
    const app = { clientId: CLIENT_ID, clientSecret: 'secretOfTheTestsApp' };
    accounts = new MollieAccounts({ ...to, app, redirectUri: REDIRECT });
  });
  afterAll(async () => {
    for (const open of [provider, impatient, accounts]) open.close();
    await bench.dispose();
  });
  beforeEach(() => control(sandbox, 'PUT', '/behaviour', {}));
  afterEach(() => control(sandbox, 'POST', '/reset'));

  const behave = (settings: unknown) => control(sandbox, 'PUT', '/behaviour', settings);
  const move = (id: string, status: string) =>
    control(sandbox, 'POST', `/payments/${id}/status`, { status, method: 'creditcard' });
  const paid = async (account: ProviderAccount, more: Partial<CreatePayment> = {}): Promise<string> => {
    const { id } = valueOf(await provider.createPayment(account, gift(more)));
    await move(id, 'paid');
    return id;
  };
  const wish = (providerPaymentId: string, cents: number) => ({
    providerPaymentId,
    refundId: randomUUID(),
    amount: Money.of(cents),
    description: 'Remboursement DON-1',
  });

  describe('refunds', () => {
    it('ok: ours is known again by its id, and comes with the payment', async () => {
      const id = await paid(key);
      const input = wish(id, 550);
      const made = valueOf(await provider.createRefund(key, input));
      expect(made).toMatchObject({ refundId: input.refundId, status: 'pending', amount: Money.of(550) });
      expect(valueOf(await provider.getPayment(key, id)).refunds).toEqual([made]);
    });

    it('the same refund asked twice is one refund, also when the first answer was lost', async () => {
      const id = await paid(key);
      const input = wish(id, 550);
      await behave({ dropAfterWork: 1 });
      expect((await impatient.createRefund(key, input)).outcome).toBe('unknown');
      const again = valueOf(await provider.createRefund(key, input));
      expect(valueOf(await provider.createRefund(key, input))).toEqual(again);
      expect(valueOf(await provider.getPayment(key, id)).refunds).toHaveLength(1);
    });

    it('refused: more than is left, a payment that is not paid, one that is not there', async () => {
      const id = await paid(key);
      expect(await provider.createRefund(key, wish(id, 2051))).toMatchObject({
        outcome: 'refused',
        code: 'unprocessable',
        field: 'amount',
      });
      const { id: open } = valueOf(await provider.createPayment(key, gift()));
      expect(await provider.createRefund(key, wish(open, 100))).toMatchObject({ outcome: 'refused' });
      expect(await provider.createRefund(key, wish('tr_notThere', 100))).toMatchObject({
        outcome: 'refused',
        code: 'not_found',
      });
    });

    it('unknown: Mollie’s guard against a second refund of the same amount may be about ours', async () => {
      const id = await paid(key);
      valueOf(await provider.createRefund(key, wish(id, 550)));
      expect((await impatient.createRefund(key, wish(id, 550))).outcome).toBe('unknown');
    });

    it('are cancelled while they wait, and refused to be later', async () => {
      const id = await paid(key);
      const { id: refundId } = valueOf(await provider.createRefund(key, wish(id, 550)));
      expect(await provider.cancelRefund(key, id, refundId)).toEqual({ outcome: 'ok', value: true });
      const { id: second } = valueOf(await provider.createRefund(key, wish(id, 600)));
      await control(sandbox, 'POST', `/payments/${id}/refunds/${second}/status`, { status: 'refunded' });
      expect((await provider.cancelRefund(key, id, second)).outcome).toBe('refused');
    });
  });

  describe('mandates', () => {
    const customer = async (account: ProviderAccount) =>
      valueOf(
        await provider.createCustomer(account, {
          idempotencyKey: randomUUID(),
          reference: randomUUID(),
          locale: 'fr_FR',
        }),
      ).id;
    const first = async (account: ProviderAccount) => {
      const customerId = await customer(account);
      const id = await paid(account, { sequence: 'first', customerId });
      const { mandateId } = valueOf(await provider.getPayment(account, id));
      return { customerId, mandateId: mandateId! };
    };

    it('a customer asked for twice is one', async () => {
      const input = { idempotencyKey: randomUUID(), reference: randomUUID(), locale: 'fr_FR' as const };
      const made = valueOf(await provider.createCustomer(key, input));
      expect(valueOf(await provider.createCustomer(key, input))).toEqual(made);
    });

    it('ok: a first payment gives one, a recurring payment charges it without the donor', async () => {
      const { customerId, mandateId } = await first(key);
      expect(valueOf(await provider.getMandate(key, customerId, mandateId))).toMatchObject({
        id: mandateId,
        status: 'valid',
        method: 'creditcard',
        cardExpiresOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
      const charge = gift({ sequence: 'recurring', customerId, mandateId, redirectUrl: null });
      const made = valueOf(await provider.createPayment(key, charge));
      expect(made).toMatchObject({ sequence: 'recurring', customerId, mandateId, checkoutUrl: null });
      expect(valueOf(await provider.createPayment(key, charge)).id).toBe(made.id);
    });

    it('a charge whose answer was lost is found again among the customer’s payments', async () => {
      const { customerId, mandateId } = await first(key);
      const charge = gift({ sequence: 'recurring', customerId, mandateId, redirectUrl: null });
      expect(valueOf(await provider.findPayment(key, customerId, charge.paymentId))).toBeNull();
      await behave({ dropAfterWork: 1 });
      expect((await impatient.createPayment(key, charge)).outcome).toBe('unknown');
      const found = valueOf(await provider.findPayment(key, customerId, charge.paymentId));
      expect(found).toMatchObject({ paymentId: charge.paymentId, sequence: 'recurring' });
    });

    it('revoked it is invalid, and charges nothing', async () => {
      const { customerId, mandateId } = await first(key);
      expect(await provider.revokeMandate(key, customerId, mandateId)).toEqual({
        outcome: 'ok',
        value: true,
      });
      const charge = gift({ sequence: 'recurring', customerId, mandateId, redirectUrl: null });
      expect((await provider.createPayment(key, charge)).outcome).toBe('refused');
      const gone = await provider.getMandate(key, customerId, mandateId);
      expect(gone.outcome === 'ok' ? gone.value.status : gone.outcome).toMatch(/^(invalid|refused)$/);
    });

    it('refused: another account’s customer', async () => {
      const { customerId, mandateId } = await first(key);
      const other = { apiKey: `${API_KEY}other` };
      expect(await provider.getMandate(other, customerId, mandateId)).toMatchObject({
        outcome: 'refused',
        code: 'not_found',
      });
    });

    it.each(['getMandate', 'revokeMandate'] as const)('unknown: no answer to %s', async (call) => {
      await behave({ hang: 1 });
      expect((await impatient[call](key, 'cst_1', 'mdt_1')).outcome).toBe('unknown');
    });
  });

  describe('with an access token', () => {
    async function connected(): Promise<ProviderAccount & { organizationId: string }> {
      const { code, organization } = await control<{
        code: string;
        organization: { id: string; profiles: Array<{ id: string }> };
      }>(sandbox, 'POST', '/consents', {
        clientId: CLIENT_ID,
        organization: 'Les Amis de la Forêt',
        scope: CONNECT_SCOPES.join(' '),
        redirectUri: REDIRECT,
      });
      const { accessToken } = valueOf(await accounts.exchangeCode(code));
      const [profile] = organization.profiles;
      return { accessToken, profileId: profile!.id, testmode: true, organizationId: organization.id };
    }

    it('a contribution rides along, and the payment lives in its mode and profile alone', async () => {
      const { organizationId: _, ...account } = await connected();
      const made = valueOf(await provider.createPayment(account, gift({ applicationFee: Money.of(150) })));
      expect(made).toMatchObject({ applicationFee: Money.of(150), mode: 'test' });
      expect(valueOf(await provider.getPayment(account, made.id)).id).toBe(made.id);
      const live = { ...account, testmode: false } as ProviderAccount;
      expect(await provider.getPayment(live, made.id)).toMatchObject({
        outcome: 'refused',
        code: 'not_found',
      });
    });

    it('a contribution is refused with an API key', async () => {
      const answer = await provider.createPayment(key, gift({ applicationFee: Money.of(150) }));
      expect(answer).toMatchObject({ outcome: 'refused', field: 'applicationFee' });
    });

    it('payouts tell what they are made of, refunds and chargebacks included', async () => {
      const { organizationId, ...account } = await connected();
      const [kept, returned, disputed] = [await paid(account), await paid(account), await paid(account)];
      const refundId = valueOf(await provider.createRefund(account, wish(returned, 500))).id;
      await control(sandbox, 'POST', `/payments/${returned}/refunds/${refundId}/status`, {
        status: 'refunded',
      });
      await control(sandbox, 'POST', `/payments/${disputed}/chargebacks`, { cents: 2050 });
      await control(sandbox, 'POST', '/settlements', { organizationId });
      const [settlement, ...rest] = valueOf(await provider.listSettlements(account, () => false));
      expect(rest).toEqual([]);
      expect(settlement).toMatchObject({ status: 'paidout', reference: expect.any(String) });
      const parts = valueOf(await provider.settlementParts(account, settlement!.id));
      expect(parts.payments.map(({ paymentId }) => paymentId).sort()).toEqual(
        [kept, returned, disputed].sort(),
      );
      expect(parts.refunds).toEqual([{ id: refundId, paymentId: returned, moved: Money.of(-500) }]);
      expect(parts.chargebacks).toMatchObject([{ paymentId: disputed }]);
      const all = [...parts.payments, ...parts.refunds, ...parts.chargebacks];
      const moved = all.reduce((sum, one) => sum.plus(one.moved), Money.zero());
      expect(moved.minus(settlement!.costs)).toEqual(settlement!.amount);
      expect(valueOf(await provider.listSettlements(account, (id) => id === settlement!.id))).toEqual([]);
    });

    it('payouts are refused with an API key', async () => {
      expect(await provider.listSettlements(key, () => false)).toMatchObject({
        outcome: 'refused',
        code: 'forbidden',
      });
    });

    it('refused: a consent that was taken back, and a code that was used', async () => {
      const { organizationId: id } = await connected();
      const { code } = await control<{ code: string }>(sandbox, 'POST', '/consents', {
        clientId: CLIENT_ID,
        organization: 'Les Amis de la Forêt',
        scope: CONNECT_SCOPES.join(' '),
        redirectUri: REDIRECT,
      });
      const { refreshToken } = valueOf(await accounts.exchangeCode(code));
      expect(await accounts.exchangeCode(code)).toMatchObject({ outcome: 'refused', code: 'invalid_grant' });
      expect((await accounts.refresh(refreshToken)).outcome).toBe('ok');
      await control(sandbox, 'POST', `/organizations/${id}/revoke`, {});
      expect(await accounts.refresh(refreshToken)).toMatchObject({
        outcome: 'refused',
        code: 'invalid_grant',
      });
      expect(await accounts.revoke(refreshToken)).toEqual({ outcome: 'ok', value: true });
    });
  });
});
