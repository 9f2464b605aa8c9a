import { createHash } from 'node:crypto';

/** The whole style of the checkout pages: no file to fetch, no third party. */
const STYLE = `
:root{color-scheme:light dark;--paper:#faf7f1;--card:#fffdf9;--ink:#26231e;--soft:#635d53;--line:#ddd5c7;--edge:#8a8172;--accent:#1f5f4d;--on-accent:#fff;--tint:#e7efe9;--note:#fbeec9;--on-note:#4a3706}
@media (prefers-color-scheme:dark){:root{--paper:#191816;--card:#211f1c;--ink:#f0ebe2;--soft:#b7afa2;--line:#3b3731;--edge:#8b8376;--accent:#8fd0b8;--on-accent:#10241d;--tint:#24332d;--note:#453711;--on-note:#fdf0cc}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
.banner{margin:0;text-wrap:balance;background:var(--note);color:var(--on-note);padding:.75rem 1rem;text-align:center;font-size:.9375rem}
.banner strong{font-weight:650}
.banner span{display:block}
main{max-width:36rem;margin:0 auto;padding:1.5rem 1rem 3rem}
header{border-bottom:1px solid var(--line);padding-bottom:1.25rem;margin-bottom:1.5rem}
h1{font-size:1rem;font-weight:600;color:var(--soft);margin:0}
.amount{font-size:clamp(2.25rem,11vw,3rem);line-height:1.1;font-weight:650;letter-spacing:-.02em;margin:.25rem 0 .375rem;font-variant-numeric:tabular-nums}
.what{margin:0;overflow-wrap:anywhere}
.ref{margin:.25rem 0 0;color:var(--soft);font-size:.8125rem;overflow-wrap:anywhere}
fieldset{border:0;margin:0 0 1.75rem;padding:0;min-width:0}
legend,.label{font-weight:650;padding:0;margin-bottom:.625rem;display:block}
.tiles{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fit,minmax(max(9.5rem,40%),1fr))}
.rows{display:grid;gap:.5rem}
.choice{display:flex;gap:.75rem;align-items:center;min-height:3rem;padding:.625rem .875rem;border:1px solid var(--edge);border-radius:.625rem;background:var(--card);cursor:pointer}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);background:var(--tint)}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice input{inline-size:1.25rem;block-size:1.25rem;margin:0;flex:none;accent-color:var(--accent)}
.choice small{display:block;color:var(--soft);font-size:.875rem}
.reason{margin:.125rem 0 .375rem;padding:.25rem 0 .25rem 1rem;border-inline-start:3px solid var(--line)}
@supports selector(:has(*)){.reason{display:none}fieldset:has([value=failed]:checked) .reason{display:block}}
.reason .label{margin-bottom:.25rem}
.reason p{margin:.375rem 0 0;color:var(--soft);font-size:.875rem}
select,input[type=text]{font:inherit;color:inherit;width:100%;min-height:3rem;padding:.5rem .75rem;border:1px solid var(--edge);border-radius:.625rem;background:var(--card)}
button,.button{display:block;width:100%;min-height:3.25rem;padding:.75rem 1rem;border:2px solid transparent;border-radius:.625rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:650;text-align:center;text-decoration:none;cursor:pointer}
button.quiet{background:none;color:var(--ink);border-color:var(--edge)}
h2{font-size:1.0625rem;font-weight:650;margin:0 0 .625rem}
ul{margin:0 0 1.75rem;padding-inline-start:1.25rem}
.other{margin:.75rem 0 0}
@supports selector(:has(*)){.other{display:none}fieldset:has([value=other]:checked) .other{display:block}}
button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.error{border-inline-start:4px solid #b3261e;background:var(--card);padding:.75rem 1rem;margin:0 0 1.5rem}
.state{font-size:1.25rem;font-weight:600;margin:0 0 1.5rem}
a{color:var(--accent)}
@media (min-width:40rem){main{padding-top:3rem}.banner span{display:inline}}
@media (forced-colors:active){.choice:has(:checked){outline:2px solid Highlight}button,.button{border-color:ButtonText}}
`;

export const STYLE_ELEMENT = `<style>${STYLE}</style>`;

/** For the content security policy: this style and no other. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
