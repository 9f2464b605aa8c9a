import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { identityKey, type DonorIdentity, type PostalAddress } from './donor-identity.js';

export interface RecordedDonor {
  donorId: string;
  addressId: string | null;
}

/** Finds the donor or writes them down, in the running unit. Two at once make one donor. */
@Injectable()
export class RecordDonor {
  constructor(private readonly uow: UnitOfWork) {}

  async run(identity: DonorIdentity, address: PostalAddress | null): Promise<RecordedDonor> {
    const key = identityKey(identity, address);
    const fresh = { donorId: newId(), addressId: address ? newId() : null };
    if (await this.insert(fresh, { ...identity, key }, address)) return fresh;
    const [known] = await this.uow.query<{ id: string }>(
      `SELECT id FROM donors WHERE association_id = $1 AND identity_key = $2`,
      [this.uow.associationId, key],
    );
    return { donorId: known!.id, addressId: address ? await this.address(known!.id, address) : null };
  }

  /** Most gifts are a donor's first: both rows in one statement. @returns false when the donor is known */
  private async insert(
    { donorId, addressId }: RecordedDonor,
    { kind, firstName, lastName, email, key }: DonorIdentity & { key: string },
    address: PostalAddress | null,
  ): Promise<boolean> {
    const inserted = await this.uow.query(
      `WITH donor AS (
         INSERT INTO donors (association_id, id, kind, first_name, last_name, email, identity_key) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT ON CONSTRAINT donors_identity_unique DO NOTHING RETURNING id),
       address AS (
         INSERT INTO donor_addresses (association_id, donor_id, id, line1, line2, postal_code, city, country)
         SELECT $1, id, $8, $9, $10, $11, $12, $13 FROM donor WHERE $8::uuid IS NOT NULL)
       SELECT id FROM donor`,
      [
        ...[this.uow.associationId, donorId, kind, firstName, lastName, email, key, addressId],
        ...[address?.line1, address?.line2, address?.postalCode, address?.city, address?.country],
      ],
    );
    return inserted.length === 1;
  }

  /** The same address as last time keeps its row. */
  private async address(
    donorId: string,
    { line1, line2 = null, postalCode, city, country }: PostalAddress,
  ): Promise<string> {
    const values = [this.uow.associationId, donorId, line1, line2, postalCode, city, country];
    const [same] = await this.uow.query<{ id: string }>(
      `SELECT id FROM (
         SELECT * FROM donor_addresses WHERE association_id = $1 AND donor_id = $2 ORDER BY id DESC LIMIT 1) AS latest
        WHERE line1 = $3 AND line2 IS NOT DISTINCT FROM $4 AND postal_code = $5 AND city = $6 AND country = $7`,
      values,
    );
    if (same) return same.id;
    const id = newId();
    await this.uow.execute(
      `INSERT INTO donor_addresses (association_id, donor_id, line1, line2, postal_code, city, country, id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...values, id],
    );
    return id;
  }
}
