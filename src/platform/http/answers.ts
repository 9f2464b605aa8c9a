import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { openApiSchema } from './zod-body.js';

/** Documents what a handler answers. The presenter makes it; a test compares the two. */
export function Answers(status: number, schema: z.ZodType, description = 'Success'): MethodDecorator {
  return applyDecorators(
    ApiResponse({ status, description, schema: openApiSchema(schema, 'output') as never }),
  );
}

/** Documents a handler that answers with a file's bytes. */
export function AnswersFile(...mediaTypes: string[]): MethodDecorator {
  const content = Object.fromEntries(
    mediaTypes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
  );
  return applyDecorators(ApiResponse({ status: 200, description: 'Success', content }));
}

export const moneySchema = z.strictObject({
  cents: z.int().describe('Whole cents: 5000 is 50.00'),
  currency: z.literal('EUR'),
});

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('Stable; rely on this one'),
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('Values of the sentence that the code stands for'),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), hasMore: z.boolean(), nextCursor: z.string().nullable() });
}
