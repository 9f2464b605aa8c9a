export { MAIL_BODY_HEADERS, publicPageHeaders, secretPageHeaders } from './page-headers.js';
export { parseGiftForm, type GiftInput, type ParsedGiftForm } from './parse-gift-form.js';
export { PublicPageRenderer } from './render-pages.js';
export type { GiftFormView, GiftPageInput, SuggestedAmountView } from './gift-form.view.js';
export type { GiftStatus, GiftStatusView } from './gift-status.view.js';
export type * from './public-page.view.js';
export type * from './site-pages.view.js';
export { PublicPagesModule } from './public-pages.module.js';
