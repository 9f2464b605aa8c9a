import { accentTheme } from './accent-theme.js';
import type { Tokens } from './design-tokens.js';

/** Mail programs read only inline styles; these are made of the pages' own tokens. */
export interface MailStyles {
  inline: Readonly<Record<string, string>>;
  /** For the `<style>` of programs that know dark mode. */
  dark: string;
}

const SANS = "-apple-system,system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const SERIF = "Charter,'Iowan Old Style',Palatino,Georgia,serif";

export function mailStyles(tokens: { light: Tokens; dark: Tokens }, colour: string): MailStyles {
  const theme = accentTheme(colour);
  const { paper, surface, ink, muted, line } = tokens.light as Record<string, string>;
  const accent = theme.light;
  return {
    inline: {
      body: `margin:0;padding:0;background:${paper};color:${ink};font:16px/1.5 ${SANS};`,
      outer: `background:${paper};border-collapse:collapse;width:100%;`,
      cell: 'padding:24px 12px;',
      card: `max-width:560px;margin:0 auto;padding:24px;background:${surface};border:1px solid ${line};border-radius:12px;`,
      brand: `margin:0 0 20px;padding:0 0 12px;border-bottom:3px solid ${accent.accentInk};font-weight:600;color:${ink};`,
      title: `margin:0 0 8px;font:600 28px/1.2 ${SERIF};color:${ink};`,
      lead: `margin:0 0 20px;font-size:18px;line-height:1.45;color:${ink};`,
      paragraph: `margin:0 0 12px;color:${ink};`,
      letter: `margin:0 0 12px;font:18px/1.55 ${SERIF};color:${ink};`,
      signature: `margin:16px 0 0;color:${ink};`,
      heading: `margin:28px 0 8px;font:600 19px/1.3 ${SERIF};color:${ink};`,
      facts: 'border-collapse:collapse;width:100%;margin:0 0 16px;',
      label: `padding:8px 12px 8px 0;border-bottom:1px solid ${line};text-align:left;font-weight:400;color:${muted};vertical-align:top;width:104px;`,
      value: `padding:8px 0;border-bottom:1px solid ${line};color:${ink};word-break:break-word;`,
      link: `color:${accent.accentInk};`,
      small: `margin:16px auto 0;max-width:560px;font-size:14px;line-height:1.5;color:${muted};`,
    },
    dark: darkRules(tokens.dark as Record<string, string>, theme.dark.accentInk),
  };
}

function darkRules({ paper, surface, ink, muted, line }: Record<string, string>, accent: string): string {
  return [
    `.paper{background:${paper}!important}`,
    `.card{background:${surface}!important;border-color:${line}!important}`,
    `.ink{color:${ink}!important;border-color:${line}!important}`,
    `.muted{color:${muted}!important;border-color:${line}!important}`,
    `.brand{color:${ink}!important;border-color:${accent}!important}`,
    `.link{color:${accent}!important}`,
  ].join('');
}
