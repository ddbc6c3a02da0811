/** How the process ends; the same numbers as the command line `atelier` has. */
export const exitCodes = { done: 0, failed: 1, badUsage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
