import { expect } from '@jest/globals';
import type { Problem } from '../../src/platform/http/problem.js';
import type { Answer } from './http-client.js';

/** What must never leave the house: our files, our database's words, a stack. */
const INSIDE =
  /node_modules|\.[jt]s:\d+|\bat \w+ ?\(|QueryFailedError|SELECT |INSERT |UPDATE |violates|relation "|postgres:\/\//;

/** An RFC 9457 problem document that tells its code and the request's id, and nothing of the inside. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect({ status: answer.status, code: (answer.json as Problem | undefined)?.code }).toEqual({
    status,
    code,
  });
  const problem = answer.json as Problem;
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(problem).toMatchObject({
    type: 'about:blank',
    title: expect.any(String),
    status,
    detail: expect.any(String),
    requestId: answer.headers.get('x-request-id'),
  });
  for (const error of problem.errors ?? []) {
    expect(error).toEqual({
      pointer: expect.stringMatching(/^(\/.*)?$/s),
      code: expect.stringMatching(/^[a-z][a-z0-9_]+$/),
      detail: expect.any(String),
    });
  }
  expect(answer.text).not.toMatch(INSIDE);
  return problem;
}
