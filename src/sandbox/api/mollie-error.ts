import { STATUS_CODES } from 'node:http';

/** A refusal in Mollie's words. `field` names the input that is wrong. */
export class MollieError extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly field?: string,
  ) {
    super(detail);
    this.name = 'MollieError';
  }

  /** docs.mollie.com, "Handling errors". */
  toBody(): Record<string, unknown> {
    return {
      status: this.status,
      title: STATUS_CODES[this.status] ?? 'Error',
      detail: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
      _links: {
        documentation: { href: 'https://docs.mollie.com/overview/handling-errors', type: 'text/html' },
      },
    };
  }
}

export function unprocessable(field: string, detail: string): MollieError {
  return new MollieError(422, detail, field);
}
