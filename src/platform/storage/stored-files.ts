import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import { newId } from '../../kernel/ids.js';
import { UnitOfWork } from '../database/unit-of-work.js';

export interface StoredFile {
  id: string;
  mediaType: string;
  sha256: string;
  bytes: Buffer;
}

/**
 * Small documents (receipts, signatures, logos) in the database itself: one transaction with the row
 * that names them, one backup, nothing to mount. A file is written once and never changed (trigger).
 */
@Injectable()
export class StoredFiles {
  constructor(private readonly uow: UnitOfWork) {}

  /** @returns the id and the hex SHA-256 of the bytes */
  async put(bytes: Buffer, mediaType: string): Promise<{ id: string; sha256: string }> {
    const id = newId();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.uow.execute(
      `INSERT INTO stored_files (association_id, id, media_type, sha256, bytes) VALUES ($1, $2, $3, $4, $5)`,
      [this.uow.associationId, id, mediaType, sha256, bytes],
    );
    return { id, sha256 };
  }

  /** @throws DomainError `file_not_found` */
  async get(id: string): Promise<StoredFile> {
    const [file] = await this.uow.query<StoredFile>(
      `SELECT id, media_type AS "mediaType", sha256, bytes FROM stored_files WHERE association_id = $1 AND id = $2`,
      [this.uow.associationId, id],
    );
    if (!file) throw new DomainError('not_found', 'file_not_found', 'There is no such file.');
    return file;
  }
}
