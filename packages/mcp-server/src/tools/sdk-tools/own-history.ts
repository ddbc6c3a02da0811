import { AtelierError } from '@atelier/sdk/errors';
import type { SessionHistoryView } from '../../workshop/workshop.ts';
import type { McpCall } from '../mcp-tool.ts';

/** The edits of the caller's own session; undefined where callers have none, or nothing happened in it yet. */
export async function ownHistory({
  principal,
  workshop,
}: Pick<McpCall, 'principal' | 'workshop'>): Promise<SessionHistoryView | undefined> {
  if (principal.session === undefined) return undefined;
  return workshop.history(principal.session).catch((error: unknown) => {
    if (AtelierError.isInstance(error) && error.code === 'not-found') return undefined;
    throw error;
  });
}
