import { createHash } from 'node:crypto';

/** The tenant of whoever is let in without a key. */
export const openTenant = 'default';

const safe = /^[a-z0-9][a-z0-9_.-]{0,63}$/i;
/** What `tenantOf` makes: nobody may call themselves that, or they would be let into the tenant of the one it was made for. */
const made = /^t-[0-9a-f]{32}$/;

/** Whether a name can be a tenant: 1 to 64 letters, digits, dots, dashes and underscores, beginning with a letter or digit. */
export const isTenant = (name: string): boolean => safe.test(name);

/**
 * The tenant that a token's claim names: the claim itself where it is a safe name in small letters, else `t-` and 32 hex digits
 * of its SHA-256. Capitals are hashed because stores on file systems that ignore case would mix `Acme` and `acme`.
 */
export function tenantOf(claim: string): string {
  if (isTenant(claim) && claim === claim.toLowerCase() && !made.test(claim)) return claim;
  return `t-${createHash('sha256').update(claim).digest('hex').slice(0, 32)}`;
}
