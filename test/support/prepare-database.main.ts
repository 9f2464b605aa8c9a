import { leaseSharedServer } from './shared-server.js';
import { prepareTemplate, sweepLeftovers } from './template.js';

// Run by global-setup.ts in a process of its own, because jest loads its set-up as CommonJS, which cannot import
// the application. Keeps the lease on the server until the test run closes our standard input, or dies.
const configured = process.env.TEST_DATABASE_ADMIN_URL;
const lease = configured ? undefined : await leaseSharedServer();
const adminUrl = configured ?? lease!.adminUrl;
const access = await prepareTemplate(adminUrl);
if (lease) await sweepLeftovers(adminUrl);
process.stdout.write(`${JSON.stringify(access)}\n`);
process.stdin.resume().once('end', () => lease?.release());
