import { Body, Query, type PipeTransform } from '@nestjs/common';
import { ApiBody, ApiQuery } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError, type FieldError } from '../../kernel/domain-error.js';

/** JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export function openApiSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
}

/** Validates one part of a request, and refuses what the schema does not name. */
export class ZodPipe<S extends z.ZodType> implements PipeTransform<unknown, z.output<S>> {
  constructor(private readonly schema: S) {}

  transform(value: unknown): z.output<S> {
    return parseInput(this.schema, value);
  }
}

/** @throws DomainError `validation_failed` with every fault and its JSON Pointer */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  const errors = parsed.success
    ? textFaults(parsed.data, [])
    : parsed.error.issues.flatMap((issue) => fieldErrors(issue));
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new DomainError('invalid', 'validation_failed', `The request has ${errors.length} fault(s).`, {
    errors,
  });
}

/** @Body() checked by a zod schema that also documents it. */
export function JsonBody(schema: z.ZodType): ParameterDecorator {
  return (target, key, index) => {
    Body(new ZodPipe(schema))(target, key, index);
    ApiBody({ required: true, schema: openApiSchema(schema) as never })(
      target,
      key!,
      Object.getOwnPropertyDescriptor(target, key!)!,
    );
  };
}

/** @Query() checked by a zod object that also documents it. */
export function QueryParams(schema: z.ZodObject): ParameterDecorator {
  return (target, key, index) => {
    Query(new ZodPipe(schema))(target, key, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, key!)!;
    for (const [name, field] of Object.entries(schema.shape)) {
      ApiQuery({ name, required: false, schema: openApiSchema(field as z.ZodType) as never })(
        target,
        key!,
        descriptor,
      );
    }
  };
}

/** PostgreSQL takes no null character, and would silently replace half a letter of UTF-16. */
const NOT_STORABLE = /\0|\p{Surrogate}/u;

function textFaults(value: unknown, path: readonly PropertyKey[]): FieldError[] {
  if (typeof value === 'string' && NOT_STORABLE.test(value)) {
    const detail = 'This text contains a null character, or half of a UTF-16 pair.';
    return [{ pointer: pointer(path), code: 'malformed_text', detail }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textFaults(inner, [...path, name]));
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => ({
      pointer: pointer([...issue.path, name]),
      code: 'unknown_field',
      detail: `There is no field "${name}" here.`,
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that fits best is the one with the fewest faults.
    const best = [...issue.errors].sort((a, b) => a.length - b.length)[0]!;
    return best.flatMap((inner) =>
      fieldErrors({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
    );
  }
  return [{ pointer: pointer(issue.path), code: faultCode(issue), detail: issue.message }];
}

/** Stable, public codes: what a program may rely on and a page translates. */
function faultCode(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? 'required' : 'wrong_type';
    case 'too_small':
      if (issue.origin === 'string' && issue.input === '') return 'required';
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_short' : 'too_small';
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too_long' : 'too_large';
    case 'invalid_format':
      return issue.input === ''
        ? 'required'
        : `malformed_${issue.format === 'regex' ? 'value' : issue.format}`;
    case 'invalid_value':
      return issue.input === undefined ? 'required' : 'not_allowed';
    case 'custom':
      return typeof issue.params?.code === 'string' ? issue.params.code : 'invalid';
    default:
      return 'invalid';
  }
}
