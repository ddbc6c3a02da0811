import { randomUUID } from 'node:crypto';

/** `session_` and 32 hex digits. */
export const newSessionId = (): string => `session_${randomUUID().replaceAll('-', '')}`;
