import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MandateMethod, PaymentMethod, SequenceType, type MollieClient } from '@mollie/api-client';
import type { Client } from 'mollie-api-typescript';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { eur, merchantClient, schemaClient } from './mollie-bench.js';
import {
  API_KEY,
  GIFT,
  OTHER_KEY,
  callApi,
  control,
  freshSandbox,
  makePayment,
  merchant,
  until,
} from './sandbox-bench.js';

describe('recurring payments go as at Mollie', () => {
  let now = new Date('2026-11-22T10:00:00Z');
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  let mollie: MollieClient;
  let schema: Client;
  beforeAll(async () => {
    bench = await freshSandbox({ clock: { now: () => now } });
    sandbox = bench.sandbox;
    mollie = merchantClient(sandbox, { apiKey: API_KEY });
    schema = schemaClient(sandbox, { apiKey: API_KEY });
  });
  afterEach(() => control(sandbox, 'PUT', '/behaviour', {}));
  afterAll(() => bench.dispose());

  const behave = (settings: unknown) => control(sandbox, 'PUT', '/behaviour', settings);
  const move = (id: string, status: string, more = {}) =>
    control(sandbox, 'POST', `/payments/${id}/status`, { status, ...more });
  const newCustomer = () => mollie.customers.create({ name: 'Ada Lovelace', email: 'ada@example.org' });

  /** A customer with a paid first payment. */
  const donor = async (method = 'creditcard') => {
    const customer = await newCustomer();
    const first = await makePayment(sandbox, { sequenceType: 'first', customerId: customer.id });
    await move(first, 'paid', { method });
    const { mandateId } = await mollie.payments.get(first);
    return { customerId: customer.id, mandateId: mandateId!, first };
  };
  const charge = (customerId: string, more: Record<string, unknown> = {}) =>
    callApi(sandbox, 'POST', 'payments', {
      body: {
        amount: GIFT.amount,
        description: 'Don mensuel',
        sequenceType: 'recurring',
        customerId,
        ...more,
      },
    });

  it('a customer is kept with its metadata, read and listed, in Mollie’s shape', async () => {
    const made = await schema.customers.create({
      entityCustomer: {
        name: 'Ada',
        email: 'ada@example.org',
        locale: 'fr_FR',
        metadata: { donorId: 'dnr_1' },
      },
    });
    expect(made).toMatchObject({ name: 'Ada', mode: 'test', metadata: { donorId: 'dnr_1' } });
    expect(await schema.customers.get({ customerId: made.id })).toMatchObject({ id: made.id });
    const list = await schema.customers.list({ limit: 1 });
    expect(list.result.embedded.customers.map((one) => one.id)).toEqual([made.id]);
  });

  it('the customer of another key does not exist', async () => {
    const { id } = await newCustomer();
    expect((await callApi(sandbox, 'GET', `customers/${id}`, { key: OTHER_KEY })).status).toBe(404);
    const body = { ...GIFT, sequenceType: 'first', customerId: id };
    const refused = await callApi(sandbox, 'POST', 'payments', { key: OTHER_KEY, body });
    expect(refused.json).toMatchObject({ status: 422, field: 'customerId' });
  });

  it.each([
    ['creditcard', MandateMethod.creditcard],
    ['applepay', MandateMethod.creditcard],
    ['paypal', MandateMethod.paypal],
    ['bancontact', MandateMethod.directdebit],
  ])('a first payment by %s gives a mandate for %s once it is paid', async (method, mandateMethod) => {
    const customer = await newCustomer();
    const first = await mollie.payments.create({
      ...GIFT,
      locale: undefined,
      sequenceType: SequenceType.first,
      customerId: customer.id,
      method: method as PaymentMethod,
    });
    expect(first.mandateId).toBeUndefined();
    await move(first.id, 'paid');
    const paid = await mollie.payments.get(first.id);
    const mandate = await mollie.customerMandates.get(paid.mandateId!, { customerId: customer.id });
    expect(mandate).toMatchObject({ method: mandateMethod, status: 'valid' });
  });

  it('a card’s mandate tells its last digits, its brand and its expiry, in Mollie’s shape', async () => {
    const { customerId, mandateId } = await donor();
    const mandate = await schema.mandates.get({ customerId, mandateId });
    expect(mandate.details).toMatchObject({
      cardNumber: '6787',
      cardLabel: 'Visa',
      cardExpiryDate: '2029-11-30',
    });
    const list = await schema.mandates.list({ customerId });
    expect(list.result.embedded.mandates.map((one) => one.id)).toEqual([mandateId]);
  });

  it.each([
    ['canceled', ['pending']],
    ['failed', []],
    ['expired', []],
  ])('a first payment that is %s leaves no mandate that can be charged', async (status, left) => {
    const customer = await newCustomer();
    const first = await makePayment(sandbox, { sequenceType: 'first', customerId: customer.id });
    await move(first, status, { method: 'creditcard' });
    const mandates = await mollie.customerMandates.page({ customerId: customer.id });
    expect(mandates.map((one) => one.status)).toEqual(left);
    expect((await mollie.payments.get(first)).mandateId).toBeUndefined();
    expect((await charge(customer.id)).json).toMatchObject({
      status: 422,
      detail: 'No suitable mandates found for customer',
    });
  });

  it('a first payment may be of nothing, by card or PayPal, only to get a new mandate', async () => {
    const customer = await newCustomer();
    const free = { sequenceType: 'first', customerId: customer.id, amount: eur('0.00') };
    const id = await makePayment(sandbox, { ...free, method: 'creditcard' });
    await move(id, 'paid');
    expect((await mollie.payments.get(id)).mandateId).toMatch(/^mdt_/);
    const refused = await callApi(sandbox, 'POST', 'payments', {
      body: { ...GIFT, ...free, method: 'bancontact' },
    });
    expect(refused.json).toMatchObject({ status: 422, field: 'amount' });
  });

  it('a card is charged without anyone there: pending in the answer, then paid, and told', async () => {
    const shop = await merchant();
    const { customerId, mandateId } = await donor();
    const made = await charge(customerId, { webhookUrl: shop.url });
    expect(made.json).toMatchObject({
      status: 'pending',
      sequenceType: 'recurring',
      method: 'creditcard',
      customerId,
      mandateId,
    });
    expect(made.json._links.checkout).toBeUndefined();
    await until('the webhook', () => shop.received.length === 1);
    const read = await schema.payments.get({ paymentId: made.json.id });
    expect(read).toMatchObject({ status: 'paid', sequenceType: 'recurring', mandateId });
    await shop.close();
  });

  it('the answer may already be paid, when asked for', async () => {
    const { customerId } = await donor();
    await behave({ recurring: { atOnce: true } });
    expect((await charge(customerId)).json.status).toBe('paid');
  });

  it('a direct debit waits for the bank: for the control, or for its time', async () => {
    const { customerId } = await donor('bancontact');
    const waiting = (await charge(customerId)).json.id as string;
    now = new Date(now.getTime() + 20 * 86_400_000);
    expect((await mollie.payments.get(waiting)).status).toBe('pending');
    await move(waiting, 'paid');
    await behave({ recurring: { settleAfterMs: 60_000 } });
    const timed = (await charge(customerId)).json.id as string;
    expect((await mollie.payments.get(timed)).status).toBe('pending');
    now = new Date(now.getTime() + 60_000);
    expect((await mollie.payments.get(timed)).status).toBe('paid');
  });

  it('a bank’s refusal carries its code and its words', async () => {
    const { customerId } = await donor('bancontact');
    const id = (await charge(customerId)).json.id as string;
    await move(id, 'failed', { failureReason: 'insufficient_funds' });
    const read = await schema.payments.get({ paymentId: id });
    expect(read.details).toMatchObject({ bankReasonCode: 'AM04', bankReason: 'Insufficient funds' });
    await behave({ recurring: { outcome: 'failed', failureReason: 'MD07' } });
    const dead = (await charge(customerId)).json.id as string;
    expect((await callApi(sandbox, 'GET', `payments/${dead}`)).json.details.bankReasonCode).toBe('MD07');
  });

  it('a magic amount fails a charge as it fails a first payment', async () => {
    const { customerId } = await donor();
    const id = (await charge(customerId, { amount: eur('1007.00') })).json.id as string;
    const read = await callApi(sandbox, 'GET', `payments/${id}`);
    expect(read.json).toMatchObject({ status: 'failed', details: { failureReason: 'insufficient_funds' } });
  });

  it('the next charges fail as often as asked for, for the reason asked for', async () => {
    const { customerId } = await donor();
    await behave({ failNextRecurring: { times: 1, failureReason: 'card_declined' } });
    const first = (await charge(customerId)).json.id as string;
    const second = (await charge(customerId)).json.id as string;
    expect((await callApi(sandbox, 'GET', `payments/${first}`)).json).toMatchObject({
      status: 'failed',
      details: { failureReason: 'card_declined' },
    });
    expect((await mollie.payments.get(second)).status).toBe('paid');
  });

  it('an expired card fails, and can be made to expire', async () => {
    const { customerId, mandateId } = await donor();
    await control(sandbox, 'POST', `/mandates/${mandateId}`, { cardExpiryDate: '2026-10-31' });
    const { details } = await mollie.customerMandates.get(mandateId, { customerId });
    expect(details).toMatchObject({ cardExpiryDate: '2026-10-31' });
    const id = (await charge(customerId)).json.id as string;
    expect((await callApi(sandbox, 'GET', `payments/${id}`)).json.details.failureReason).toBe('card_expired');
  });

  it('without a mandate named, the latest valid one is charged', async () => {
    const { customerId, mandateId } = await donor();
    const again = await makePayment(sandbox, { sequenceType: 'first', customerId });
    await move(again, 'paid', { method: 'paypal' });
    expect((await charge(customerId)).json.method).toBe('paypal');
    expect((await charge(customerId, { mandateId })).json.mandateId).toBe(mandateId);
    const { mandateId: latest } = await mollie.payments.get(again);
    await control(sandbox, 'POST', `/mandates/${latest}`, { status: 'pending' });
    expect((await charge(customerId)).json.mandateId).toBe(mandateId);
  });

  it('a revoked mandate is gone: 410 when named, 422 when it was the only one', async () => {
    const { customerId, mandateId } = await donor();
    await mollie.customerMandates.revoke(mandateId, { customerId });
    expect((await charge(customerId, { mandateId })).json).toMatchObject({
      status: 410,
      detail: 'The mandate is no longer available',
    });
    expect((await charge(customerId)).status).toBe(422);
    expect((await callApi(sandbox, 'GET', `customers/${customerId}/mandates/${mandateId}`)).status).toBe(410);
    expect(await mollie.customerMandates.page({ customerId })).toHaveLength(0);
  });

  it('a chargeback on a card takes its mandate', async () => {
    const { customerId, mandateId, first } = await donor();
    await control(sandbox, 'POST', `/payments/${first}/chargebacks`, {});
    expect((await mollie.customerMandates.get(mandateId, { customerId })).status).toBe('invalid');
    expect((await charge(customerId, { mandateId })).status).toBe(410);
    const byBank = await donor('bancontact');
    await control(sandbox, 'POST', `/payments/${byBank.first}/chargebacks`, {});
    const kept = await mollie.customerMandates.get(byBank.mandateId, { customerId: byBank.customerId });
    expect(kept.status).toBe('valid');
  });

  it('a direct debit mandate can be made from an IBAN', async () => {
    const { id: customerId } = await newCustomer();
    const made = await schema.mandates.create({
      customerId,
      mandateRequest: {
        method: 'directdebit',
        consumerName: 'Ada Lovelace',
        consumerAccount: 'FR7630006000011234567890189',
        signatureDate: '2026-11-01',
        mandateReference: 'OBOLE-1',
      },
    });
    expect(made).toMatchObject({ status: 'valid', mandateReference: 'OBOLE-1' });
    expect((await charge(customerId)).json.mandateId).toBe(made.id);
    expect((await charge(customerId, { amount: eur('1000.01') })).json).toMatchObject({ field: 'amount' });
  });

  it('a customer’s payments are paged newest first, with what was written on them', async () => {
    const { customerId, first } = await donor();
    const second = (await charge(customerId, { metadata: { period: '2026-12' } })).json.id as string;
    const page = await schema.customers.listPayments({ customerId, limit: 1 });
    expect(page.result.embedded.payments).toMatchObject([{ id: second, metadata: { period: '2026-12' } }]);
    const all = await mollie.customerPayments.page({ customerId });
    expect(all.map((one) => one.id)).toEqual([second, first]);
    const found = await control<{ total: number }>(
      sandbox,
      'GET',
      `/payments?customerId=${customerId}&metadata.period=2026-12`,
    );
    expect(found.total).toBe(1);
  });

  it.each([
    ['oneoff', ['creditcard', 'applepay', 'paypal', 'banktransfer', 'bancontact']],
    ['first', ['creditcard', 'applepay', 'paypal', 'bancontact']],
    ['recurring', ['creditcard', 'paypal', 'directdebit']],
  ])('methods for %s payments', async (sequenceType, ids) => {
    const methods = await mollie.methods.list({ sequenceType: sequenceType as SequenceType });
    expect(methods.map((one) => one.id)).toEqual(ids);
    const refused = await callApi(sandbox, 'POST', 'payments', {
      body: { ...GIFT, sequenceType: 'first', method: 'banktransfer' },
    });
    expect(refused.json).toMatchObject({ status: 422, field: 'method' });
  });

  it('a waiting charge has a page where its bank decides', async () => {
    const { customerId } = await donor('bancontact');
    const { id, _links } = (await charge(customerId)).json;
    await fetch(_links.changePaymentState.href, {
      method: 'POST',
      body: new URLSearchParams({ change: 'fail' }),
      redirect: 'manual',
    });
    expect((await mollie.payments.get(id)).status).toBe('failed');
    const page = await fetch(`${sandbox.checkoutUrl}/checkout/${id}`);
    expect(await page.text()).not.toContain('<form');
  });
});
