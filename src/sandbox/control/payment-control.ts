import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { movePayment } from '../rules/move-payment.js';
import { PAYMENT_STATUSES } from '../rules/payment-life.js';
import type { SandboxContext } from '../sandbox-context.js';
import { profileIdOf } from '../state/random-id.js';
import { SEQUENCE_TYPES, type PaymentRecord } from '../state/records.js';
import { needPayment } from './needed.js';

const moveSchema = z.strictObject({
  status: z.enum(PAYMENT_STATUSES),
  method: z.string().optional(),
  failureReason: z.string().optional(),
});
const listSchema = z.looseObject({
  apiKey: z.string().optional(),
  organizationId: z.string().optional(),
  profileId: z.string().optional(),
  customerId: z.string().optional(),
  status: z.enum(PAYMENT_STATUSES).optional(),
  sequenceType: z.enum(SEQUENCE_TYPES).optional(),
  limit: z.coerce.number().int().min(1).default(100),
});
type Filter = z.infer<typeof listSchema>;

interface ById {
  Params: { id: string };
}

export function addPaymentControl(app: FastifyInstance, context: SandboxContext): void {
  app.get('/payments', async (request) => {
    const filter = listSchema.parse(request.query);
    const found = [...context.state.payments.values()].filter(matching(filter));
    return { total: found.length, payments: found.slice(-filter.limit).reverse() };
  });
  app.get<ById>('/payments/:id', async (request) => needPayment(context, request.params.id));
  app.post<ById>('/payments/:id/status', async (request) => {
    const { status, ...details } = moveSchema.parse(request.body);
    const payment = needPayment(context, request.params.id);
    movePayment(context, payment, status, details);
    return payment;
  });
}

/** `metadata.donationId=x` means those whose metadata says so. */
function matching(filter: Filter): (payment: PaymentRecord) => boolean {
  const { apiKey, organizationId, customerId, status, sequenceType } = filter;
  const profileId = apiKey === undefined ? filter.profileId : profileIdOf(apiKey);
  const equal = { organizationId, profileId, customerId, status, sequenceType };
  const wanted = Object.entries(equal).filter(([, value]) => value !== undefined);
  const metadata = Object.entries(filter)
    .filter(([name]) => name.startsWith('metadata.'))
    .map(([name, value]) => [name.slice('metadata.'.length), value] as const);
  return (payment) =>
    wanted.every(([name, value]) => payment[name as keyof PaymentRecord] === value) &&
    metadata.every(([name, value]) => metadataOf(payment, name) === value);
}

function metadataOf(payment: PaymentRecord, name: string): string | undefined {
  const { metadata } = payment;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const value = (metadata as Record<string, unknown>)[name];
  return value === undefined ? undefined : String(value);
}
