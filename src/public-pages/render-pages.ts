import type { ConnectOutcome } from '../payments/index.js';
import type { TemplateEngine } from '../platform/templates/template-engine.js';
import type { GiftPageInput } from './gift-form.view.js';
import type { GiftStatusView } from './gift-status.view.js';
import { paragraphs } from '../platform/templates/paragraphs.js';
import type { PlanPageView, PlanStopView } from './plan-page.view.js';
import { presentGiftPage } from './present-gift-page.js';
import type { PageContext } from './public-page.view.js';
import type {
  AssociationPageView,
  ErrorPageView,
  HomePageView,
  MailboxPageView,
  MailPageView,
  PrivacyPageView,
} from './site-pages.view.js';

/** Plain data in, a whole HTML document out. Knows no request and no database. */
export class PublicPageRenderer {
  constructor(private readonly engine: TemplateEngine) {}

  gift(input: GiftPageInput, context: PageContext): string {
    const view = presentGiftPage(input, this.engine.translator(context.locale));
    const { association, isTest: sandbox = context.sandbox } = input;
    return this.page('public/gift', view, { ...context, sandbox, association });
  }

  giftStatus(view: GiftStatusView, context: PageContext): string {
    const thanks = view.state === 'paid' ? paragraphs(view.thankYouText ?? '') : [];
    return this.page(
      'public/gift-status',
      { ...view, thanks },
      { ...context, association: view.association },
    );
  }

  plan(view: PlanPageView, context: PageContext): string {
    return this.page('public/plan', view, { ...context, association: view.association });
  }

  planStop(view: PlanStopView, context: PageContext): string {
    return this.page('public/plan-stop', view, { ...context, association: view.association });
  }

  association(view: AssociationPageView, context: PageContext): string {
    return this.page('public/association', view, { ...context, association: view.association });
  }

  privacy(view: PrivacyPageView, context: PageContext): string {
    return this.page('public/privacy', view, { ...context, association: view.association });
  }

  home(view: HomePageView, context: PageContext): string {
    return this.page('public/home', view, context);
  }

  mailbox(view: MailboxPageView, context: PageContext): string {
    return this.page('public/mailbox', view, context);
  }

  mail(view: MailPageView, context: PageContext): string {
    return this.page('public/mail', view, context);
  }

  mollieReturn(view: ConnectOutcome, context: PageContext): string {
    return this.page('public/mollie-return', view, context);
  }

  error(view: ErrorPageView, context: PageContext): string {
    return this.page('public/error', view, context);
  }

  private page(name: string, view: object, context: PageContext): string {
    const { translations, assets } = this.engine;
    const { association, locale, sandbox, linkQuery } = context;
    const page = {
      sandbox,
      query: linkQuery ?? '',
      association,
      initial: association && initial(association.name),
      themeUrl: association && assets.themeUrl(association.colour),
      intlTag: translations.translator(locale).t('common.intlTag'),
      otherLanguages: translations.locales
        .filter((other) => other !== locale)
        .map((other) => ({ code: other, name: translations.translator(other).t('common.languageName') })),
    };
    return this.engine.render(name, view, { locale, page });
  }
}

/** The letter that stands for a missing logo: « J » for Les Jardins partagés. */
function initial(name: string): string {
  const bare = name.replace(/^(les?|la|l['’]|the|association)\s*(?=\S)/i, '');
  return ([...bare][0] ?? '').toUpperCase();
}
