import type { FastifyInstance } from 'fastify';
import { METHODS, findMethod, fitsMethod, type Method } from '../rules/methods.js';
import type { SandboxContext } from '../sandbox-context.js';
import { authenticate } from './authenticate.js';
import { docLink, halAmount, halLink, pageLink } from './hal.js';
import { MollieError } from './mollie-error.js';
import { readAmount } from './validate-payment.js';

interface MethodsQuery {
  locale?: string;
  'amount[value]'?: string;
  'amount[currency]'?: string;
}

/** What an account may do: its methods and its profile. */
export function addAccountRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get<{ Querystring: MethodsQuery }>('/v2/methods', async (request) => {
    const { 'amount[value]': value, 'amount[currency]': currency, locale } = request.query;
    const amount = value === undefined && currency === undefined ? null : readAmount({ value, currency });
    const methods = METHODS.filter((method) => amount === null || fitsMethod(amount, method));
    return {
      count: methods.length,
      _embedded: { methods: methods.map((method) => presentMethod(context, method, locale)) },
      _links: { self: halLink(`${context.urls.api}/v2/methods`), documentation: docLink('list-methods') },
    };
  });

  app.get<{ Params: { id: string }; Querystring: MethodsQuery }>('/v2/methods/:id', async (request) => {
    const method = findMethod(request.params.id);
    if (!method) throw new MollieError(404, `No method exists with id ${request.params.id}`);
    return presentMethod(context, method, request.query.locale);
  });

  app.get('/v2/profiles/me', async (request) => presentProfile(context, authenticate(request.headers)));
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

function presentProfile(context: SandboxContext, profileId: string): Record<string, unknown> {
  const api = `${context.urls.api}/v2`;
  return {
    resource: 'profile',
    id: profileId,
    mode: 'test',
    name: 'Association du bac à sable',
    website: 'https://example.org',
    email: 'contact@example.org',
    phone: '+33100000000',
    businessCategory: 'CHARITY_AND_DONATIONS',
    status: 'verified',
    createdAt: '2026-01-01T00:00:00+00:00',
    _links: {
      self: halLink(`${api}/profiles/${profileId}`),
      dashboard: pageLink(context.urls.checkout),
      payments: halLink(`${api}/payments`),
      refunds: halLink(`${api}/refunds`),
      chargebacks: halLink(`${api}/chargebacks`),
      methods: halLink(`${api}/methods`),
      documentation: docLink('get-current-profile'),
    },
  };
}
