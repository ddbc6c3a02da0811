import type { JsonError } from './json-output.ts';

/** What to do about errors of a run, in the options of the command line. Of a batch and of other callers the SDK's own hint stays. */
export function runHint({ code, details }: JsonError): string | undefined {
  switch (code) {
    case 'budget-exceeded':
      return `Ask for less at once, or raise ${budgetOption(details)}. In a --session the edits made before stay made.`;
    case 'not-approved':
      return isRefused(details ?? {})
        ? 'Nothing was changed by it. To allow it, run the command again and answer y.'
        : 'Run it at a terminal and without --json, or leave out --approve edits.';
    case 'protected':
      return 'Choose another thing, or leave out --protect; in a session --protect none lifts it.';
    case 'conflict':
      if (details?.port !== undefined)
        return 'Choose another with --port (0 is any free one), or end the other program.';
      // Of a batch, and of the embedded Postgres: those say themselves what to do.
      if (details?.folder !== undefined || details?.programs !== undefined) return undefined;
      return typeof details?.lock === 'string'
        ? undefined
        : 'See what the session shows now, and run the command again.';
    default:
      return undefined;
  }
}

/** Which limit it was. */
export const budgetOption = (details: JsonError['details']): '--max-seconds' | '--max-steps' =>
  details?.maxSeconds === undefined ? '--max-steps' : '--max-seconds';

/** Whether a person said no; else nobody was there to say anything. */
export const isRefused = (details: Readonly<Record<string, unknown>>): boolean => details.refusedBy !== 'nobody';
