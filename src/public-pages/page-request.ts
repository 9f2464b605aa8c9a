import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { APP_CONFIG, isTestMode, type AppConfig } from '../platform/config/app-config.js';
import { chooseLocale } from '../platform/templates/choose-locale.js';
import { TemplateEngine } from '../platform/templates/template-engine.js';
import type { PageContext } from './public-page.view.js';

/** What every page needs to know of a request and of this installation. */
@Injectable()
export class PageRequests {
  /** Browsers hold the redirect to the checkout against `form-action`; from there it may go on to any bank. */
  readonly checkoutOrigins: readonly string[];
  private readonly sandbox: boolean;

  constructor(
    private readonly engine: TemplateEngine,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    this.sandbox = isTestMode(config);
    this.checkoutOrigins = this.sandbox ? ['https:', 'http://localhost:*', 'http://127.0.0.1:*'] : ['https:'];
  }

  /** @param preferred the language of the gift, where there is one: it outranks the browser's */
  context(request: FastifyRequest, preferred?: string): PageContext {
    // An address that cannot be read has no query.
    const { lang } = (request.query ?? {}) as { lang?: unknown };
    const { locales } = this.engine.translations;
    const acceptLanguage = request.headers['accept-language'];
    const locale = chooseLocale({ lang, acceptLanguage: preferred ?? acceptLanguage }, locales);
    const isBrowsers = locale === chooseLocale({ acceptLanguage }, locales);
    return { locale, sandbox: this.sandbox, linkQuery: isBrowsers ? '' : `?lang=${locale}` };
  }
}
