import { Injectable } from '@nestjs/common';
import { PaymentAccountQueries } from '../payments/index.js';
import { StoredFiles, type StoredFile } from '../platform/storage/stored-files.js';
import type { Form } from './form.entity.js';
import { logoNotFound } from './forms.errors.js';
import { FormsRepository } from './forms.repository.js';

/** Answers about forms, for the modules above. */
@Injectable()
export class FormQueries {
  constructor(
    private readonly forms: FormsRepository,
    private readonly files: StoredFiles,
    private readonly accounts: PaymentAccountQueries,
  ) {}

  /** In any state: a gift's form may be archived. @throws DomainError `form_not_found` */
  get(id: string): Promise<Form> {
    return this.forms.get(id);
  }

  /** What a visitor may see. @throws DomainError `form_not_found` for a draft or an archived form too */
  getPublished(slug: string): Promise<Form> {
    return this.forms.getPublished(slug);
  }

  published(): Promise<Form[]> {
    return this.forms.published();
  }

  /** The association wants it, and its account can pass it on: never with a plain API key. */
  async offersTip({ platformTip }: Form): Promise<boolean> {
    return platformTip && this.accounts.takesApplicationFee();
  }

  /** @throws DomainError `logo_not_found` */
  logo({ logoFileId }: Form): Promise<StoredFile> {
    if (!logoFileId) throw logoNotFound();
    return this.files.get(logoFileId);
  }
}
