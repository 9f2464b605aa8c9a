import { Injectable, Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../../platform/config/app-config.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { logger } from '../../platform/logging/logger.js';
import { SEALED_FIELDS, SealedFields, type SealedField } from './sealed-fields.js';

const BATCH = 200;
const COLUMNS: Record<SealedField, string> = { sealedSecret: 'sealed_secret', sealedAccess: 'sealed_access' };

type Row = { associationId: string; id: string } & Record<SealedField, string | null>;

export interface Resealed {
  /** The id of the key that seals now. */
  key: string;
  resealed: number;
  /** Sealed with another key than the first still: it does not open, or changed in this moment. */
  left: number;
}

/**
 * Seals with the first key of the ring what another key sealed, so that the other can be thrown away. May be stopped
 * and started again, beside a running installation: a secret that is replaced meanwhile is not overwritten.
 */
@Injectable()
export class ResealSecrets {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sealed: SealedFields,
    private readonly box: SecretBox,
  ) {}

  async run(): Promise<Resealed> {
    let resealed = 0;
    let after: Row | undefined;
    do {
      const rows = await this.across(() => this.stale(after));
      resealed += await this.across(() => this.resealAll(rows));
      after = rows.at(-1);
    } while (after !== undefined);
    return { key: this.box.sealingKey, resealed, left: await this.across(() => this.countStale()) };
  }

  private across<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.acrossTenants('a new key is for the secrets of every association', work);
  }

  private stale(after: Row | undefined): Promise<Row[]> {
    const nil = '00000000-0000-0000-0000-000000000000';
    return this.uow.query(
      `SELECT association_id AS "associationId", id, sealed_secret AS "sealedSecret", sealed_access AS "sealedAccess"
         FROM provider_accounts
        WHERE (association_id, id) > ($1, $2) AND NOT (starts_with(sealed_secret, $3) AND starts_with(coalesce(sealed_access, $3), $3))
        ORDER BY association_id, id LIMIT $4`,
      [after?.associationId ?? nil, after?.id ?? nil, this.box.freshPrefix, BATCH],
    );
  }

  private async resealAll(rows: Row[]): Promise<number> {
    let resealed = 0;
    for (const row of rows) for (const field of SEALED_FIELDS) resealed += await this.reseal(row, field);
    return resealed;
  }

  private async reseal(row: Row, field: SealedField): Promise<number> {
    const old = row[field];
    if (old === null || !this.box.isStale(old)) return 0;
    const secret = this.opened(row, field, old);
    if (secret === undefined) return 0;
    const column = COLUMNS[field];
    return this.uow.execute(
      `UPDATE provider_accounts SET ${column} = $4 WHERE association_id = $1 AND id = $2 AND ${column} = $3`,
      [row.associationId, row.id, old, this.sealed.seal(row, field, secret)],
    );
  }

  /** One that does not open must not keep the others from their new key. */
  private opened(row: Row, field: SealedField, old: string): string | undefined {
    try {
      return this.sealed.open(row, field, old);
    } catch (err) {
      logger.error({ accountId: row.id, field, err }, 'a sealed secret does not open');
      return undefined;
    }
  }

  private async countStale(): Promise<number> {
    const [count] = await this.uow.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM provider_accounts
        WHERE NOT (starts_with(sealed_secret, $1) AND starts_with(coalesce(sealed_access, $1), $1))`,
      [this.box.freshPrefix],
    );
    return count!.n;
  }
}

/** What the command line needs of this room. */
@Module({
  providers: [
    SealedFields,
    ResealSecrets,
    {
      provide: SecretBox,
      inject: [APP_CONFIG],
      useFactory: ({ secretsKeys }: AppConfig) => new SecretBox(secretsKeys),
    },
  ],
  exports: [ResealSecrets],
})
export class SealedSecretsModule {}
