import { setTimeout as sleep } from 'node:timers/promises';
import { takeOwnerLock } from '../../../src/platform/embedded/owner-lock.js';

try {
  await takeOwnerLock(process.argv[2]!);
  process.stdout.write('owner\n');
  await sleep(60_000);
} catch (error) {
  process.stdout.write(`${(error as { code?: string }).code}\n`);
}
