import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { UploadedImage } from '../platform/http/image-upload.js';
import { StoredFiles, type StoredFile } from '../platform/storage/stored-files.js';
import { noSignature } from './associations.errors.js';
import { AssociationsRepository } from './associations.repository.js';

/** The image of the signature that receipts print. Receipts issued before keep the one they were issued with. */
@Injectable()
export class SetSignature {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly associations: AssociationsRepository,
    private readonly files: StoredFiles,
    private readonly journal: Journal,
  ) {}

  /** @param image null takes the signature away */
  async run(associationId: string, image: UploadedImage | null, actor: string): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const signatureFileId = image ? (await this.files.put(image.bytes, image.mediaType)).id : null;
      await this.associations.update(associationId, { signatureFileId });
      await this.journal.record({
        actor,
        action: image ? 'association.signature_set' : 'association.signature_removed',
        subject: publicId('association', associationId),
      });
    });
  }

  /** @throws DomainError `signature_not_found` */
  read(associationId: string): Promise<StoredFile> {
    return this.uow.inTenant(associationId, async () => {
      const { signatureFileId } = await this.associations.get(associationId);
      if (!signatureFileId) throw noSignature();
      return this.files.get(signatureFileId);
    });
  }
}
