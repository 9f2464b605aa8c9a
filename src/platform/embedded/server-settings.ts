import { createHash } from 'node:crypto';

/** Names the cluster in process titles. From the path: a copied data directory is another cluster. */
export function clusterName(dataDir: string): string {
  return `obole-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
}

/** Durability (fsync, synchronous_commit, full_page_writes) keeps PostgreSQL's safe defaults unless overridden. */
export function serverSettings(
  dataDir: string,
  port: number,
  overrides: Record<string, string>,
): Record<string, string> {
  return {
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    // Failed statements carry donors' data in their text and details; the application logs what is fit to log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...overrides,
    cluster_name: clusterName(dataDir),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
  };
}

export function asArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The server gets no environment of ours: it would hand our secrets to whoever can read its process. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  // macOS refuses to start a server whose locale it must look up: "became multithreaded during startup".
  return { LC_ALL: 'C', ...(PATH && { PATH }), ...(SystemRoot && { SystemRoot }) };
}
