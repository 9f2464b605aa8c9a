import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { systemClock, type Clock } from '../kernel/clock.js';
import { buildApiServer } from './api/api-server.js';
import { Idempotency } from './api/idempotency.js';
import { ensureCertificate } from './certificate.js';
import { buildCheckoutServer } from './checkout/checkout-server.js';
import { Behaviour } from './faults/behaviour.js';
import { forgetOldTokens } from './rules/connections.js';
import { bringAllUpToDate } from './rules/move-payment.js';
import type { SandboxContext, SandboxLogger } from './sandbox-context.js';
import { SandboxState } from './state/sandbox-state.js';
import { MOLLIE_ATTEMPTS_MS, WebhookQueue } from './webhooks/webhook-queue.js';

export interface SandboxOptions {
  /** 0 lets the system choose. */
  apiPort: number;
  /** Browsers' pages, and the control endpoint. 0 lets the system choose. */
  checkoutPort: number;
  /** Payments, certificate and key live here; made if absent. One sandbox at a time. */
  stateDir: string;
  /** How browsers reach the checkout port from outside, without a slash at the end. */
  publicCheckoutUrl?: string;
  /** 127.0.0.1 unless told otherwise. */
  host?: string;
  clock?: Clock;
  /** When each webhook attempt is made, in milliseconds after the event; Mollie's schedule unless told otherwise. */
  webhookRetryDelaysMs?: number[];
  logger?: SandboxLogger;
}

export interface RunningSandbox {
  /** "https://localhost:PORT/v2/", ready for Mollie's client. */
  apiUrl: string;
  checkoutUrl: string;
  controlUrl: string;
  /** Where a browser goes to connect an organisation. */
  authorizeUrl: string;
  /** Where codes become tokens; over TLS, as the API. */
  tokensUrl: string;
  /** The certificate to trust, in PEM; also in stateDir/ca.pem. */
  caPem: string;
  close(): Promise<void>;
}

const HOUSEKEEPING_MS = 200;

export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { host = '127.0.0.1', clock = systemClock, logger: log = () => undefined } = options;
  const state = await SandboxState.open(options.stateDir);
  const certificate = await ensureCertificate(options.stateDir, clock);
  const behaviour = new Behaviour();
  const attemptsAtMs = options.webhookRetryDelaysMs ?? MOLLIE_ATTEMPTS_MS;
  const queue = new WebhookQueue({ state, clock, behaviour, log, attemptsAtMs });
  const context: SandboxContext = {
    state,
    clock,
    behaviour,
    log,
    urls: { api: '', checkout: '' },
    notify: (payment) => queue.add(payment),
    deliverDue: () => queue.deliverDue(),
  };
  const once = new Idempotency(context);
  const api = buildApiServer(context, once, certificate);
  const checkout = buildCheckoutServer(context);
  const apiPort = await listen(api, host, options.apiPort);
  const checkoutPort = await listen(checkout, host, options.checkoutPort).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  const local = `http://localhost:${checkoutPort}`;
  context.urls.api = `https://localhost:${apiPort}`;
  context.urls.checkout = options.publicCheckoutUrl?.replace(/\/+$/, '') ?? local;
  queue.start();
  const housekeeping = setInterval(() => {
    bringAllUpToDate(context);
    once.forgetOld();
    forgetOldTokens(context);
  }, HOUSEKEEPING_MS);
  housekeeping.unref();
  return {
    apiUrl: `${context.urls.api}/v2/`,
    checkoutUrl: context.urls.checkout,
    controlUrl: `${local}/control`,
    authorizeUrl: `${context.urls.checkout}/oauth2/authorize`,
    tokensUrl: `${context.urls.api}/oauth2/tokens`,
    caPem: certificate.certPem,
    close: async () => {
      clearInterval(housekeeping);
      await Promise.all([api.close(), checkout.close()]);
      await queue.close();
      await state.close();
    },
  };
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  await server.listen({ host, port });
  return (server.server.address() as AddressInfo).port;
}
