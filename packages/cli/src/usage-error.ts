/** The command line makes no sense: exit code 2. */
export class UsageError extends Error {
  readonly code = 'bad-usage';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
