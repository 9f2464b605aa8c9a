import { startEmbeddedPostgres } from '../../../src/platform/embedded/start-embedded-postgres.js';

const server = await startEmbeddedPostgres({ dataDir: process.argv[2]! });
process.stdout.write(`${server.adminUrl}\n`);
