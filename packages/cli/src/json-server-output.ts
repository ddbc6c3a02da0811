import { z } from 'zod';
import { head, outcome } from './json-outcome.ts';

/** What `serve` and `keys` print with `--json`. */

export const serveOutputSchema = z.strictObject({
  command: z.literal('serve'),
  ...head,
  brain: z.string(),
  /** Where this machine reaches it: printed when it takes requests, and it runs on until it is stopped. Null where it does not run. */
  url: z.string().nullable(),
  /** Programs of this machine need no key: nobody else comes, and none was ever made. */
  open: z.boolean(),
  /** Which Postgres, without its password. */
  database: z.string().nullable(),
  /** Where pictures are kept. */
  pictures: z.string().nullable(),
  /** Whether this process works on jobs itself. */
  worker: z.boolean(),
});

export const keysCreateOutputSchema = z.strictObject({
  command: z.literal('keys create'),
  ...outcome,
  id: z.string().nullable(),
  /** Shown once. */
  key: z.string().nullable(),
  tenant: z.string().nullable(),
  name: z.string().nullable(),
  /** ISO 8601; null: never. */
  expiresAt: z.string().nullable(),
  /** Which Postgres it was written to, without its password. */
  database: z.string().nullable(),
});

export const keysListOutputSchema = z.strictObject({
  command: z.literal('keys list'),
  ...outcome,
  keys: z.array(
    z.strictObject({
      id: z.string(),
      tenant: z.string(),
      name: z.string(),
      state: z.enum(['active', 'expired', 'revoked']),
      createdAt: z.string(),
      expiresAt: z.string().nullable(),
      revokedAt: z.string().nullable(),
    }),
  ),
});

export const keysRevokeOutputSchema = z.strictObject({
  command: z.literal('keys revoke'),
  ...outcome,
  id: z.string().nullable(),
});

export type ServeOutput = z.infer<typeof serveOutputSchema>;
export type KeysCreateOutput = z.infer<typeof keysCreateOutputSchema>;
export type KeysListOutput = z.infer<typeof keysListOutputSchema>;
export type KeysRevokeOutput = z.infer<typeof keysRevokeOutputSchema>;
