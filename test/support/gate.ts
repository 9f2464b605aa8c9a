import pg from 'pg';
import { eventually } from './factories.js';

/**
 * A session of the database's owner that holds a lock, so that real processes stop at a chosen place of their real
 * work. While it is held, what they do can be looked at, and they can be killed there.
 */
export class Gate {
  private constructor(private readonly client: pg.Client) {}

  /** @param statement takes the lock: LOCK TABLE … or SELECT … FOR UPDATE */
  static async close(ownerUrl: string, statement: string, parameters: unknown[] = []): Promise<Gate> {
    const client = new pg.Client(ownerUrl);
    await client.connect();
    await client.query('BEGIN');
    await client.query(statement, parameters);
    return new Gate(client);
  }

  /** Somebody stands before it. */
  async reached(): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      return rows[0]!.n > 0;
    }, 'somebody stands before the gate');
  }

  async open(): Promise<void> {
    await this.client.query('ROLLBACK');
    await this.client.end();
  }
}
