import type { TestApp } from './app.js';

/** An answer read to its end. `json` is undefined where the text is none. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

export interface CallOptions {
  method?: string;
  /** Sent as application/json. */
  json?: unknown;
  /** Sent as an HTML form. */
  form?: Record<string, string>;
  /** Sent as it is. */
  body?: string | Uint8Array<ArrayBuffer>;
  key?: string;
  headers?: Record<string, string>;
}

/** One request over a real socket, redirects not followed. `path` may be a whole address. */
export async function call(
  app: Pick<TestApp, 'url'>,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { method = 'GET', key } = options;
  const { body, contentType } = bodyOf(options);
  const response = await fetch(new URL(path, app.url), {
    method,
    redirect: 'manual',
    headers: {
      ...(contentType && { 'content-type': contentType }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...options.headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function bodyOf({ json, form, body }: CallOptions): {
  body?: string | Uint8Array<ArrayBuffer>;
  contentType?: string;
} {
  if (json !== undefined) return { body: JSON.stringify(json), contentType: 'application/json' };
  if (form) {
    return { body: new URLSearchParams(form).toString(), contentType: 'application/x-www-form-urlencoded' };
  }
  return body === undefined ? {} : { body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
