import { AtelierError } from '@atelier/sdk/errors';
import type { ScopeChallengeHandler } from '@modelcontextprotocol/server';
import type { McpSettings } from '../options.ts';
import type { Principal, Workshop } from '../workshop/workshop.ts';

/** What resources and prompts are served from. */
export interface ResourceAccess {
  readonly workshop: Workshop;
  readonly settings: McpSettings;
  readonly principal: Principal;
  /** Of the host: `legacy` for the revision of 2025, `modern` for that of 2026. */
  readonly era: 'legacy' | 'modern';
  /**
   * How long the McpServer lives: `connection` over stdio, where it tells of changes itself; `request` over HTTP, where changes are
   * told through `tenantEvents`.
   */
  readonly lifetime: 'connection' | 'request';
  /** Asks callers over HTTP for more scopes. Default: nobody is asked. */
  readonly scopeChallenge?: ScopeChallengeHandler | undefined;
  /** Told what is no `AtelierError`: a fault of ours. Default: the server's own `onerror`. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** Throws `access-denied` for callers who may not see pictures. */
export function checkMayLook({ may }: Principal): void {
  if (may.look) return;
  throw new AtelierError({
    code: 'access-denied',
    message: 'This key may not look at pictures.',
    hint: 'Use one with the scope atelier:look.',
  });
}
