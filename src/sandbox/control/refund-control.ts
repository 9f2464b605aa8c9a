import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Money } from '../../kernel/money.js';
import { chargeBackPayment, reverseChargeback } from '../rules/charge-back-payment.js';
import { paymentFigures } from '../rules/payment-figures.js';
import { REFUND_STATUSES } from '../rules/refund-life.js';
import { moveRefund, refundPayment } from '../rules/refund-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import { needChargeback, needPayment, needRefund } from './needed.js';

const cents = z.int().positive();
const refundSchema = z.strictObject({
  cents: cents.optional(),
  status: z.enum(REFUND_STATUSES).default('pending'),
});
const refundMoveSchema = z.strictObject({ status: z.enum(REFUND_STATUSES) });
const chargebackSchema = z.strictObject({
  cents: cents.optional(),
  reason: z.strictObject({ code: z.string(), description: z.string() }).optional(),
});

interface ById {
  Params: { id: string; partId: string };
}

/** Money that goes back: by the dashboard, or by the donor's bank. */
export function addRefundControl(app: FastifyInstance, context: SandboxContext): void {
  app.post<ById>('/payments/:id/refunds', async (request) => {
    const wish = refundSchema.parse(request.body ?? {});
    const payment = needPayment(context, request.params.id);
    const amount = wish.cents === undefined ? paymentFigures(payment).remaining : Money.of(wish.cents);
    return refundPayment(context, payment, {
      amount,
      description: 'Dashboard',
      metadata: null,
      status: wish.status,
    });
  });
  app.post<ById>('/payments/:id/refunds/:partId/status', async (request) => {
    const payment = needPayment(context, request.params.id);
    const refund = needRefund(payment, request.params.partId);
    moveRefund(context, payment, refund, refundMoveSchema.parse(request.body).status);
    return refund;
  });
  app.post<ById>('/payments/:id/chargebacks', async (request) => {
    const wish = chargebackSchema.parse(request.body ?? {});
    const payment = needPayment(context, request.params.id);
    const figures = paymentFigures(payment);
    const amount =
      wish.cents === undefined ? figures.amount.minus(figures.chargedBack) : Money.of(wish.cents);
    return chargeBackPayment(context, payment, amount, wish.reason ?? null);
  });
  app.post<ById>('/payments/:id/chargebacks/:partId/reverse', async (request) => {
    const payment = needPayment(context, request.params.id);
    const chargeback = needChargeback(payment, request.params.partId);
    reverseChargeback(context, payment, chargeback);
    return chargeback;
  });
}
