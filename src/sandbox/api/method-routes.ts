import type { FastifyInstance } from 'fastify';
import { METHODS, findMethod, fitsMethod, type Method } from '../rules/methods.js';
import type { SandboxContext } from '../sandbox-context.js';
import type { SequenceType } from '../state/records.js';
import { callerOf, type Caller } from './caller.js';
import { docLink, halAmount, halLink } from './hal.js';
import { MollieError } from './mollie-error.js';
import { missing, readAmountOrZero } from './read-input.js';
import { readSequence } from './validate-sequence.js';

interface MethodsQuery {
  locale?: string;
  sequenceType?: string;
  'amount[value]'?: string;
  'amount[currency]'?: string;
}

/** How an account may be paid. */
export function addMethodRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<{ Querystring: MethodsQuery }>('/v2/methods', async (request) => {
    assertProfile(callerOf(context, request, 'payments.read'));
    const methods = methodsFor(request.query);
    return {
      count: methods.length,
      _embedded: { methods: methods.map((method) => presentMethod(context, method, request.query.locale)) },
      _links: { self: halLink(`${context.urls.api}/v2/methods`), documentation: docLink('list-methods') },
    };
  });

  app.get<{ Params: { id: string }; Querystring: MethodsQuery }>('/v2/methods/:id', async (request) => {
    assertProfile(callerOf(context, request, 'payments.read'));
    const method = findMethod(request.params.id);
    if (!method) throw new MollieError(404, `No method exists with id ${request.params.id}`);
    return presentMethod(context, method, request.query.locale);
  });
}

/** Methods are switched on for a profile, so a token must say which. */
function assertProfile(caller: Caller): void {
  if (caller.profileId === null) missing('profileId', 'profile ID');
}

function methodsFor(query: MethodsQuery): Method[] {
  const { 'amount[value]': value, 'amount[currency]': currency } = query;
  const sequence: SequenceType = readSequence(query.sequenceType);
  const usable = METHODS.filter((method) => method.sequences.includes(sequence));
  if (value === undefined && currency === undefined) return usable;
  const amount = readAmountOrZero({ value, currency });
  return usable.filter((method) => fitsMethod(amount, method, sequence));
}

function presentMethod(context: SandboxContext, method: Method, locale = 'en_GB'): Record<string, unknown> {
  const icon = `${context.urls.checkout}/methods/${method.id}.svg`;
  const url = `${context.urls.api}/v2/methods/${method.id}`;
  return {
    resource: 'method',
    id: method.id,
    description: locale.startsWith('fr_') ? method.names.fr : method.names.en,
    minimumAmount: halAmount(method.minimum),
    maximumAmount: halAmount(method.maximum),
    image: { size1x: icon, size2x: icon, svg: icon },
    status: 'activated',
    _links: { self: halLink(url), documentation: docLink('get-method') },
  };
}
