import { Injectable } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { publicId } from '../kernel/ids.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { UploadedImage } from '../platform/http/image-upload.js';
import { StoredFiles } from '../platform/storage/stored-files.js';
import { assertNotArchived } from './forms.errors.js';
import { FormsRepository } from './forms.repository.js';

@Injectable()
export class SetFormLogo {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly forms: FormsRepository,
    private readonly files: StoredFiles,
    private readonly journal: Journal,
  ) {}

  /** @param image null takes the logo away. @throws DomainError `form_not_found`, `form_archived` */
  async run(associationId: string, id: string, image: UploadedImage | null, actor: string): Promise<void> {
    await this.uow.inTenant(associationId, async () => {
      const form = await this.forms.getForUpdate(id);
      assertNotArchived(form);
      if (!image && form.logoFileId === null) return;
      const logoFileId = image ? (await this.files.put(image.bytes, image.mediaType)).id : null;
      await this.forms.update(id, { logoFileId });
      await this.journal.record({
        actor,
        action: image ? 'form.logo_set' : 'form.logo_removed',
        subject: publicId('form', id),
      });
    });
  }
}
