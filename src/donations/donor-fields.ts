import { DomainError, type FieldError } from '../kernel/domain-error.js';

interface Given {
  donor: { address?: unknown };
  message?: string;
}

const PRESENT: Record<'address' | 'message', { pointer: string; isGiven: (given: Given) => boolean }> = {
  address: { pointer: '/donor/address', isGiven: ({ donor }) => donor.address !== undefined },
  message: { pointer: '/message', isGiven: ({ message }) => message !== undefined },
};

/** @throws DomainError `validation_failed` naming what this form asks for besides name and mail */
export function assertDonorFields(required: ReadonlyArray<keyof typeof PRESENT>, given: Given): void {
  const errors: FieldError[] = required
    .filter((field) => !PRESENT[field].isGiven(given))
    .map((field) => ({
      pointer: PRESENT[field].pointer,
      code: 'required',
      detail: `This form asks for the ${field}.`,
    }));
  if (errors.length > 0)
    throw new DomainError('invalid', 'validation_failed', 'The form asks for more.', { errors });
}
