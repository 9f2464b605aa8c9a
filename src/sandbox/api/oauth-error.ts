/** A refusal in the words of OAuth (RFC 6749, 5.2), as Mollie's token endpoint gives it. */
export class OAuthError extends Error {
  constructor(
    readonly status: 400 | 401,
    readonly code: string,
    description: string,
  ) {
    super(description);
    this.name = 'OAuthError';
  }

  toBody(): Record<string, unknown> {
    return { error: this.code, error_description: this.message };
  }
}
