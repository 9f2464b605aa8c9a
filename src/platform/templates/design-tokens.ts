/** Name without dashes → value: { paper: "#faf7f1", … }. */
export type Tokens = Readonly<Record<string, string>>;

/** Mail programs know no custom properties, so mails take the values of the same file that pages link to. */
export function readTokens(css: string): { light: Tokens; dark: Tokens } {
  const blocks = [...css.matchAll(/:root\s*\{([^}]*)\}/g)].map((match) => readBlock(match[1] ?? ''));
  const [light = {}, dark = {}] = blocks;
  return { light, dark: { ...light, ...dark } };
}

function readBlock(block: string): Tokens {
  const pairs = [...block.matchAll(/--([\w-]+)\s*:\s*([^;]+);/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.trim()]));
}
