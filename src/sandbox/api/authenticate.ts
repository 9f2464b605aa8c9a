import type { IncomingHttpHeaders } from 'node:http';
import { profileIdOf } from '../state/random-id.js';
import { MollieError } from './mollie-error.js';

const TEST_KEY = /^Bearer (test_[A-Za-z0-9]{10,100})$/;

/**
 * The profile that the API key stands for. Any well-formed test key has its own, isolated from all others.
 * @throws MollieError 401
 */
export function authenticate(headers: IncomingHttpHeaders): string {
  const header = headers.authorization ?? '';
  const key = TEST_KEY.exec(header)?.[1];
  if (key !== undefined) return profileIdOf(key);
  if (header.startsWith('Bearer live_')) {
    throw new MollieError(
      401,
      'This is a sandbox: it never accepts a live key. Use a key that starts with test_.',
    );
  }
  throw new MollieError(401, 'Missing authentication, or failed to authenticate');
}
