import pg from 'pg';
import { eventually } from './factories.js';

/**
 * A session of the database's owner that holds a lock, so that real processes stop at a chosen place of their real
 * work. While it is held, what they do can be looked at, and they can be killed there.
 */
export class Gate {
  private isOpen = false;

  private constructor(private readonly client: pg.Client) {}

  /** @param statement takes the lock: LOCK TABLE … or SELECT … FOR UPDATE */
  static async close(ownerUrl: string, statement: string, parameters: unknown[] = []): Promise<Gate> {
    const client = new pg.Client(ownerUrl);
    // The database is dropped under a gate that a failed test left closed.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('BEGIN');
    await client.query(statement, parameters);
    return new Gate(client);
  }

  /** Somebody stands before it. Asked of pg_locks: a transaction sees pg_stat_activity as it was at its first look. */
  async reached(): Promise<void> {
    await eventually(async () => {
      const { rowCount } = await this.client.query(
        'SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      return rowCount! > 0;
    }, 'somebody stands before the gate');
  }

  /** Opened twice is opened. */
  async open(): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    await this.client.query('ROLLBACK');
    await this.client.end();
  }
}
