import { expect } from '@jest/globals';
import { z } from 'zod';
import type { TestApp } from './app.js';
import { call, type Answer, type CallOptions } from './http-client.js';

export interface DocumentedResponse {
  $ref?: string;
  content?: Record<string, { schema: object }>;
}

export interface Operation {
  operationId: string;
  responses: Record<string, DocumentedResponse>;
  requestBody?: unknown;
  parameters?: Array<{ name: string; in: string }>;
  tags?: string[];
  security?: unknown[];
}

export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, DocumentedResponse> };
}

const documents = new Map<string, Promise<OpenApi>>();

/** What the running platform says of itself. */
export function openApiOf(app: Pick<TestApp, 'url'>): Promise<OpenApi> {
  let document = documents.get(app.url);
  if (!document) {
    document = call(app, '/openapi.json').then(({ json }) => json as OpenApi);
    documents.set(app.url, document);
  }
  return document;
}

/** Like call(), and the answer must be what /openapi.json promises for this route and status. */
export async function documentedCall(
  app: Pick<TestApp, 'url'>,
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const answer = await call(app, path, options);
  const method = (options.method ?? 'GET').toLowerCase();
  const document = await openApiOf(app);
  const operation = operationFor(document, method, path.split('?')[0]!);
  const response = resolved(document, operation.responses[answer.status] ?? operation.responses.default);
  if (!response) throw new Error(`${method} ${path}: ${answer.status} is not documented. ${answer.text}`);
  const mediaType = (answer.headers.get('content-type') ?? '').split(';')[0]!;
  const schema = response.content?.[mediaType]?.schema;
  if (schema && !mediaType.endsWith('json')) return answer;
  if (schema) expect(faultsOf(schema, answer.json)).toEqual([]);
  else
    expect({ body: answer.text, mediaTypes: Object.keys(response.content ?? {}) }).toEqual({
      body: '',
      mediaTypes: [],
    });
  return answer;
}

export function resolved(
  { components }: OpenApi,
  response: DocumentedResponse | undefined,
): DocumentedResponse | undefined {
  const name = response?.$ref?.replace('#/components/responses/', '');
  return name === undefined ? response : components.responses[name];
}

/** What is wrong with a value according to a JSON Schema; fields that the schema does not name are faults too. */
export function faultsOf(schema: object, value: unknown): string[] {
  const parsed = z.fromJSONSchema(schema as never).safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`);
}

function operationFor(document: OpenApi, method: string, path: string): Operation {
  for (const [template, operations] of Object.entries(document.paths)) {
    const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
    if (pattern.test(path) && operations[method]) return operations[method];
  }
  throw new Error(`${method} ${path} is not in /openapi.json.`);
}
