import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, Not } from 'typeorm';
import { assignments } from '../../platform/database/assignments.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notConnected } from './accounts.errors.js';
import { MollieAccount } from './mollie-account.entity.js';

/** The association's accounts; all in a unit of the association. */
@Injectable()
export class MollieAccountsRepository {
  constructor(private readonly uow: UnitOfWork) {}

  async findCurrent(): Promise<MollieAccount | null> {
    return this.rows.findOneBy({ associationId: this.uow.associationId, isCurrent: true });
  }

  /** Connected, but nobody has said yet with which of its profiles. The newest, unless another account came later. */
  async findWithoutProfile(): Promise<MollieAccount | null> {
    const current = await this.findCurrent();
    return this.rows.findOne({
      where: {
        associationId: this.uow.associationId,
        state: 'connected',
        profileId: IsNull(),
        ...(current && { id: MoreThan(current.id) }),
      },
      order: { id: 'DESC' },
    });
  }

  /** @throws DomainError `mollie_not_connected` */
  async get(id: string): Promise<MollieAccount> {
    return found(await this.rows.findOneBy({ associationId: this.uow.associationId, id }));
  }

  /** Holds the row until the unit ends, but lets payments refer to it. @throws DomainError `mollie_not_connected` */
  async getForUpdate(id: string): Promise<MollieAccount> {
    return found(
      await this.rows.findOne({
        where: { associationId: this.uow.associationId, id },
        lock: { mode: 'for_no_key_update' },
      }),
    );
  }

  /** The same organisation's consent, given again: opens what was made with an earlier one. */
  findSuccessor({ id, organizationId }: MollieAccount): Promise<MollieAccount | null> {
    return this.rows.findOne({
      where: {
        associationId: this.uow.associationId,
        id: Not(id),
        kind: 'connect',
        state: 'connected',
        organizationId: organizationId ?? IsNull(),
      },
      order: { id: 'DESC' },
    });
  }

  async insert(account: MollieAccount): Promise<void> {
    await this.rows.insert(account);
  }

  async update(account: MollieAccount, changes: Partial<MollieAccount>): Promise<void> {
    const set = assignments(changes, 3);
    await this.uow.execute(`UPDATE provider_accounts SET ${set.sql} WHERE association_id = $1 AND id = $2`, [
      account.associationId,
      account.id,
      ...set.values,
    ]);
    Object.assign(account, changes);
  }

  /** One after the other: an association has one current account. */
  async lockChanges(): Promise<void> {
    await this.uow.execute(`SELECT pg_advisory_xact_lock(hashtextextended('provider_accounts ' || $1, 0))`, [
      this.uow.associationId,
    ]);
  }

  /** The one that was current is kept, with what opens it: its payments live on. @returns its id */
  async retireCurrent(): Promise<string | undefined> {
    const [retired] = await this.uow.query<{ id: string }>(
      `UPDATE provider_accounts SET is_current = false WHERE association_id = $1 AND is_current RETURNING id`,
      [this.uow.associationId],
    );
    return retired?.id;
  }

  /** For good. What it sealed is kept: an API key still opens what was paid with it. */
  async revoke({ associationId, id }: MollieAccount): Promise<void> {
    await this.uow.execute(
      `UPDATE provider_accounts SET state = 'revoked', is_current = false, revoked_at = coalesce(revoked_at, now()),
              sealed_access = NULL, access_expires_at = NULL, lease_id = NULL, lease_until = NULL
        WHERE association_id = $1 AND id = $2`,
      [associationId, id],
    );
  }

  private get rows() {
    return this.uow.manager.getRepository(MollieAccount);
  }
}

function found(account: MollieAccount | null): MollieAccount {
  if (!account) throw notConnected();
  return account;
}
