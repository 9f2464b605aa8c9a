import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { accentTheme, DEFAULT_ACCENT, normalizeColour, themeStylesheet } from './accent-theme.js';

export interface Asset {
  /** "/assets/obole.3f9a….css": the content is in the name, so it may be cached for ever. */
  url: string;
  contentType: string;
  bytes: Buffer;
}

export const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files of templates/assets, read once. A folder "obole.css/" is one asset: its files joined in the order of their names. */
export class Assets {
  private readonly byName = new Map<string, Asset>();
  private readonly byUrl = new Map<string, Asset>();

  constructor(folder: string) {
    for (const name of readdirSync(folder)) {
      const contentType = CONTENT_TYPES[extname(name)];
      if (!contentType) throw new Error(`templates/assets/${name} has no content type.`);
      this.add(name, contentType, readAsset(join(folder, name)));
    }
  }

  /** The address of an asset by its plain name, "obole.css". */
  url(name: string): string {
    return this.get(name).url;
  }

  /** The content of an asset by its plain name. */
  text(name: string): string {
    return this.get(name).bytes.toString('utf8');
  }

  /** The stylesheet that lends an association's colour to its pages. Bad colours get the default one. */
  themeUrl(colour: string): string {
    return `/assets/theme/${(normalizeColour(colour) ?? DEFAULT_ACCENT).slice(1)}.css`;
  }

  /** What an address under /assets/ answers, or undefined. */
  find(url: string): Asset | undefined {
    return this.byUrl.get(url) ?? this.theme(url);
  }

  private get(name: string): Asset {
    const asset = this.byName.get(name);
    if (!asset) throw new Error(`There is no asset "${name}".`);
    return asset;
  }

  private theme(url: string): Asset | undefined {
    const hex = /^\/assets\/theme\/([0-9a-f]{6})\.css$/.exec(url)?.[1];
    if (!hex) return undefined;
    const bytes = Buffer.from(themeStylesheet(accentTheme(`#${hex}`)));
    return { url, contentType: CONTENT_TYPES['.css']!, bytes };
  }

  private add(name: string, contentType: string, bytes: Buffer): void {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const extension = extname(name);
    const url = `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`;
    const asset = { url, contentType, bytes };
    this.byName.set(name, asset);
    this.byUrl.set(url, asset);
  }
}

function readAsset(path: string): Buffer {
  if (!statSync(path).isDirectory()) return readFileSync(path);
  const parts = readdirSync(path).sort();
  return Buffer.concat(parts.map((part) => readFileSync(join(path, part))));
}
