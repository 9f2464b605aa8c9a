import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'mollie-api-typescript';
import type { RunningSandbox } from '../../../src/sandbox/index.js';
import { eur as amount, schemaClient } from './mollie-bench.js';
import { API_KEY, control, freshSandbox, makePayment } from './sandbox-bench.js';

describe('the sandbox answers as Mollie, by the schemas of Mollie itself', () => {
  let bench: Awaited<ReturnType<typeof freshSandbox>>;
  let sandbox: RunningSandbox;
  let mollie: Client;

  beforeAll(async () => {
    bench = await freshSandbox();
    sandbox = bench.sandbox;
    mollie = schemaClient(sandbox, { apiKey: API_KEY });
  });
  afterAll(() => bench.dispose());

  const paid = async (value = '20.00'): Promise<string> => {
    const id = await makePayment(sandbox, { amount: amount(value) });
    await control(sandbox, 'POST', `/payments/${id}/status`, { status: 'paid', method: 'creditcard' });
    return id;
  };

  it('a payment is created, and read again the same', async () => {
    const created = await mollie.payments.create({
      paymentRequest: {
        amount: amount('25.00'),
        description: 'Don',
        redirectUrl: 'https://example.org/merci',
        webhookUrl: 'http://127.0.0.1:9/hook',
        metadata: { paymentId: 'x' },
        locale: 'fr_FR',
      },
    });
    expect(created).toMatchObject({
      status: 'open',
      mode: 'test',
      amount: amount('25.00'),
      metadata: { paymentId: 'x' },
    });
    expect(created.links.checkout?.href).toContain(created.id);
    const read = await mollie.payments.get({ paymentId: created.id });
    expect(read).toEqual(created);
  });

  it('every status has a valid shape, with its own time', async () => {
    const times: Record<string, string> = {
      paid: 'paidAt',
      failed: 'failedAt',
      canceled: 'canceledAt',
      expired: 'expiredAt',
      pending: 'expiresAt',
      authorized: 'authorizedAt',
    };
    for (const [status, time] of Object.entries(times)) {
      for (const method of ['creditcard', 'banktransfer']) {
        const id = await makePayment(sandbox);
        await control(sandbox, 'POST', `/payments/${id}/status`, { status, method });
        const read = await mollie.payments.get({ paymentId: id });
        expect(read).toMatchObject({ status, method });
        expect(read).toHaveProperty(time);
      }
    }
  });

  it('lists are paged newest first, and every page is valid', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift(await makePayment(sandbox));
    const pages = await mollie.payments.list({ limit: 2 });
    const first = pages.result;
    expect(first.embedded.payments?.map((one) => one.id)).toEqual(ids.slice(0, 2));
    expect(first.links.previous).toBeNull();
    const second = await mollie.payments.list({ limit: 2, from: ids[2] });
    expect(second.result.embedded.payments?.[0]?.id).toBe(ids[2]);
    expect(first.links.next?.href).toContain(ids[2]);
  });

  it('methods are told with their limits, and only those that take the amount', async () => {
    const all = await mollie.methods.list({ locale: 'fr_FR' });
    expect(all.embedded.methods.map((one) => one.id)).toEqual([
      'creditcard',
      'applepay',
      'paypal',
      'banktransfer',
      'bancontact',
    ]);
    expect(all.embedded.methods[0]).toMatchObject({
      description: 'Carte bancaire',
      minimumAmount: amount('0.01'),
    });
    const one = await mollie.methods.get({ methodId: 'paypal' });
    expect(one.id).toBe('paypal');
  });

  it('a refund is made, read, listed and canceled', async () => {
    const id = await paid();
    const refund = await mollie.refunds.create({
      paymentId: id,
      refundRequest: { amount: amount('5.00'), description: 'Erreur', metadata: { why: 'typo' } },
    });
    expect(refund).toMatchObject({ status: 'pending', paymentId: id, amount: amount('5.00') });
    expect(await mollie.refunds.get({ paymentId: id, refundId: refund.id })).toEqual(refund);
    const ofPayment = await mollie.refunds.list({ paymentId: id });
    expect(ofPayment.result.embedded.refunds.map((one) => one.id)).toEqual([refund.id]);
    const all = await mollie.refunds.all({});
    expect(all.result.embedded.refunds?.map((one) => one.id)).toContain(refund.id);
    const payment = await mollie.payments.get({ paymentId: id });
    expect(payment).toMatchObject({
      status: 'paid',
      amountRefunded: amount('5.00'),
      amountRemaining: amount('15.00'),
    });
    await mollie.refunds.cancel({ paymentId: id, refundId: refund.id });
    expect((await mollie.refunds.get({ paymentId: id, refundId: refund.id })).status).toBe('canceled');
    expect((await mollie.payments.get({ paymentId: id })).amountRemaining).toEqual(amount('20.00'));
  });

  it('a chargeback is read and listed, and leaves the payment paid', async () => {
    const id = await paid('30.00');
    const reason = { code: 'MD06', description: 'Refund request by end customer' };
    const { id: chargebackId } = await control<{ id: string }>(
      sandbox,
      'POST',
      `/payments/${id}/chargebacks`,
      { reason },
    );
    const read = await mollie.chargebacks.get({ paymentId: id, chargebackId });
    expect(read).toMatchObject({ amount: amount('30.00'), reason, reversedAt: null });
    expect((await mollie.chargebacks.list({ paymentId: id })).result.embedded.chargebacks).toHaveLength(1);
    const all = await mollie.chargebacks.all({});
    expect(all.result.embedded.chargebacks?.map((one) => one.id)).toContain(chargebackId);
    const payment = await mollie.payments.get({ paymentId: id });
    expect(payment).toMatchObject({ status: 'paid', amountChargedBack: amount('30.00') });
    await control(sandbox, 'POST', `/payments/${id}/chargebacks/${chargebackId}/reverse`);
    expect((await mollie.chargebacks.get({ paymentId: id, chargebackId })).reversedAt).toBeTruthy();
    expect((await mollie.payments.get({ paymentId: id })).amountChargedBack).toBeUndefined();
  });

  it('an open payment is canceled', async () => {
    const id = await makePayment(sandbox);
    expect((await mollie.payments.cancel({ paymentId: id })).status).toBe('canceled');
  });

  it('the current profile is told', async () => {
    expect(await mollie.profiles.getCurrent({})).toMatchObject({ mode: 'test', status: 'verified' });
  });

  it('refusals have the shape that Mollie documents', async () => {
    await expect(mollie.payments.get({ paymentId: 'tr_none' })).rejects.toMatchObject({
      name: 'ErrorResponse',
      status: 404,
      title: 'Not Found',
    });
    const bad = { amount: amount('1'), description: 'Don', redirectUrl: 'https://example.org' };
    await expect(mollie.payments.create({ paymentRequest: bad })).rejects.toMatchObject({
      name: 'ErrorResponse',
      status: 422,
      field: 'amount',
    });
  });
});
