const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is already safe. Only `markup` makes it. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | number | Html | Part[];

/** A template whose values are escaped, unless they are Html themselves. */
export function markup(strings: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < values.length ? render(values[i]!) : '')).join(''));
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}
