/** How the process ends. Scripts may rely on these numbers. */
export const exitCodes = {
  done: 0,
  failed: 1,
  badUsage: 2,
  /** No backend can do it: `capability-unavailable`, `phrase-unknown`. */
  unable: 3,
  /** The second look did not confirm the edit, or something that was planned was not done. What was done is written. */
  notVerified: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of an error's stable code. */
export function exitCodeOf(code: string): ExitCode {
  if (code === 'cancelled') return exitCodes.interrupted;
  if (code === 'bad-usage') return exitCodes.badUsage;
  return code === 'capability-unavailable' || code === 'phrase-unknown' ? exitCodes.unable : exitCodes.failed;
}
