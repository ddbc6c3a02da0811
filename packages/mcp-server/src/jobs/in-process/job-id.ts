import { randomBytes } from 'node:crypto';

/** `job_` and 32 hex digits: the time and chance, so that names sort by age. */
export const newJobId = (now: number): string =>
  `job_${now.toString(16).padStart(12, '0')}${randomBytes(10).toString('hex')}`;

export const isJobId = (id: string): boolean => /^job_[0-9a-f]{32}$/.test(id);

/** Milliseconds since 1970. */
export const createdAtOf = (id: string): number => Number.parseInt(id.slice(4, 16), 16);
