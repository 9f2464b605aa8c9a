import type { FastifyInstance, FastifyReply } from 'fastify';
import { chargeBackPayment, reverseChargeback } from '../rules/charge-back-payment.js';
import { isFailureReason } from '../rules/failure-reasons.js';
import { findMethod, offeredMethods } from '../rules/methods.js';
import { bringUpToDate, movePayment } from '../rules/move-payment.js';
import { paymentFigures } from '../rules/payment-figures.js';
import { paymentLife } from '../rules/payment-life.js';
import { refundPayment } from '../rules/refund-payment.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { PaymentRecord } from '../state/records.js';
import { changeStatePage, possibleChanges, type Change } from './change-state-page.js';
import {
  OUTCOMES,
  checkoutPage,
  returnUrl,
  settledPage,
  unknownPage,
  type Outcome,
} from './checkout-page.js';
import { methodIcon } from './method-icon.js';
import { textsFor } from './texts.js';

interface ById {
  Params: { id: string };
  Body: URLSearchParams | undefined;
  Querystring: { done?: string };
}

/** What the donor's browser sees. */
export function addCheckoutRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<ById>('/checkout/:id', async (request, reply) => {
    const payment = look(context, request.params.id);
    if (!payment) return notFound(reply);
    if (waitsForBank(payment)) return reply.redirect(`${payment.id}/change-state`, 303);
    return sendPage(reply, pageOf(payment));
  });

  app.post<ById>('/checkout/:id', async (request, reply) => {
    const payment = look(context, request.params.id);
    if (!payment || returnUrl(payment) === null) return notFound(reply);
    if (!paymentLife.isFinal(payment.status) && !decide(context, payment, request.body)) {
      return sendPage(reply.code(422), checkoutPage(textsFor(payment.locale), payment, 'incomplete'));
    }
    await context.state.settled();
    return reply.redirect(returnUrl(payment)!, 303);
  });

  app.get<ById>('/checkout/:id/change-state', async (request, reply) => {
    const payment = look(context, request.params.id);
    if (!payment) return notFound(reply);
    return sendPage(reply, changeStatePage(textsFor(payment.locale), payment, request.query.done === '1'));
  });

  app.post<ById>('/checkout/:id/change-state', async (request, reply) => {
    const payment = look(context, request.params.id);
    if (!payment) return notFound(reply);
    const change = request.body?.get('change');
    const possible = possibleChanges(payment).find((one) => one === change);
    if (possible) apply(context, payment, possible);
    await context.state.settled();
    return reply.redirect(`change-state?done=${possible ? 1 : 0}`, 303);
  });

  app.get<{ Params: { file: string } }>('/methods/:file', async (request, reply) => {
    const method = findMethod(request.params.file.replace(/\.svg$/, ''));
    if (!method) return notFound(reply);
    return reply.type('image/svg+xml').send(methodIcon(method));
  });

  app.setNotFoundHandler((_request, reply) => notFound(reply));
}

function look(context: SandboxContext, id: string): PaymentRecord | undefined {
  const payment = context.state.payments.get(id);
  if (payment) bringUpToDate(context, payment);
  return payment;
}

/** No donor is there to decide: only its bank. */
function waitsForBank(payment: PaymentRecord): boolean {
  return payment.sequenceType === 'recurring' && payment.status === 'pending';
}

function pageOf(payment: PaymentRecord): string {
  const texts = textsFor(payment.locale);
  const isOver = paymentLife.isFinal(payment.status) || payment.status === 'authorized';
  return isOver ? settledPage(texts, payment) : checkoutPage(texts, payment, null);
}

/** False when the form does not say a method and a possible outcome. */
function decide(context: SandboxContext, payment: PaymentRecord, form: URLSearchParams | undefined): boolean {
  const outcome = OUTCOMES.find((one): one is Outcome => one === form?.get('outcome'));
  const method = offeredMethods(payment).find((one) => one.id === form?.get('method'));
  if (!outcome || !method || !paymentLife.canMove(payment.status, outcome)) return false;
  const reason = form?.get('reason') ?? '';
  movePayment(context, payment, outcome, {
    method: method.id,
    ...(isFailureReason(reason) ? { failureReason: reason } : {}),
  });
  return true;
}

function apply(context: SandboxContext, payment: PaymentRecord, change: Change): void {
  const figures = paymentFigures(payment);
  if (change === 'pay' || change === 'fail') {
    movePayment(context, payment, change === 'pay' ? 'paid' : 'failed');
  } else if (change === 'refund') {
    const wish = { amount: figures.remaining, description: '', metadata: null, status: 'refunded' as const };
    refundPayment(context, payment, wish);
  } else if (change === 'chargeback') {
    const reason = { code: 'MD06', description: 'Contestation du donateur' };
    chargeBackPayment(context, payment, figures.amount.minus(figures.chargedBack), reason);
  } else {
    const standing = payment.chargebacks.filter((one) => one.reversedAt === null);
    for (const chargeback of standing) reverseChargeback(context, payment, chargeback);
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

function notFound(reply: FastifyReply): FastifyReply {
  return sendPage(reply.code(404), unknownPage(textsFor(null)));
}
