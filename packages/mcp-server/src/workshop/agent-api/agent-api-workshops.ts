import { createAgentClient } from '@atelier/server/client';
import type { Principal, Workshops } from '../workshop.ts';
import { AgentApiWorkshop } from './agent-api-workshop.ts';

export interface AgentApiOptions {
  /** Where the agent API is. @example 'https://atelier.example.org' */
  readonly url: string;
  /** The key that tools work with, for callers who bring none of their own. Default: none, for an API that is open. */
  readonly key?: string | undefined;
  /** Callers bring keys of the agent API: whoever has none works with none, and never with `key`. Default false. */
  readonly principalKeys?: boolean | undefined;
  /** Which tool calls of jobs wait for a person's yes, where a request does not say. Default `never`. */
  readonly approve?: 'edits' | 'never' | undefined;
}

/** Callers whose workshops are kept at hand. */
const mostCallers = 64;
/** Seconds that one call of a tool may take: models on a processor are slow, and callers can stop them. */
const requestSeconds = 1800;

/**
 * Workshops behind an agent API, which keeps pictures, sessions and jobs: any number of these processes may stand before it.
 * Callers with one key are one tenant there, whatever their scopes are called here. Throws `invalid-input` for what is no address.
 */
export function agentApiWorkshops({ url, key, principalKeys = false, approve = 'never' }: AgentApiOptions): Workshops {
  const workshops = new Map<string, AgentApiWorkshop>();
  const make = (principal: Principal): AgentApiWorkshop => {
    const own = principal.key ?? (principalKeys ? undefined : key);
    const client = createAgentClient({ url, key: own, requestSeconds });
    return new AgentApiWorkshop({ client, session: sessionName(principal.session), approve });
  };
  // A wrong address is told now and not in the middle of a conversation.
  createAgentClient({ url });
  return {
    of(principal) {
      const name = JSON.stringify([principal.scope, principal.session, principal.key]);
      const workshop = workshops.get(name) ?? make(principal);
      workshops.delete(name);
      workshops.set(name, workshop);
      for (const [oldest, { isIdle }] of workshops) {
        if (workshops.size <= mostCallers) break;
        if (isIdle && oldest !== name) workshops.delete(oldest);
      }
      return workshop;
    },
    // Jobs go on: they are the API's.
    close: async () => workshops.clear(),
  };
}

/** Ids in the form that the API gives out are refused where it did not: such a name gets a form of its own. */
const sessionName = (session: string | undefined): string | undefined =>
  session?.replace(/^session_(?=[0-9a-f]{32}$)/, 'mcp_');
