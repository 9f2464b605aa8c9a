/** What a person typed does not work; the message says what would. */
export class CliError extends Error {}
