import {
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { People, PersonAnswer, PersonQuestion } from './people.ts';

/** What travels through the client between rounds. */
export interface RoundState {
  /** Whose call it is. */
  readonly scope: string;
  readonly tool: string;
  readonly state: Readonly<Record<string, unknown>>;
}

export interface HostPeopleOptions {
  readonly server: McpServer;
  readonly context: ServerContext;
  readonly codec: RequestStateCodec<RoundState>;
  readonly scope: string;
  readonly tool: string;
}

/** The person behind the host that makes a call. */
export function hostPeople({ server, context, codec, scope, tool }: HostPeopleOptions): People {
  const { mcpReq } = context;
  const round = mcpReq.requestState<RoundState>();
  const envelope: Readonly<Record<string, unknown>> | undefined = mcpReq.envelope;
  return {
    canAsk: takesForms(envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities()),
    // Signed by us, but perhaps for another caller or call.
    state: round?.scope === scope && round.tool === tool ? round.state : undefined,
    answer(key): PersonAnswer | undefined {
      const view = inputResponse(mcpReq.inputResponses, key);
      if (view.kind !== 'elicit') return undefined;
      return view.action === 'accept' ? { action: 'accept', content: view.content ?? {} } : { action: view.action };
    },
    async ask({ key, message, form, state = {} }: PersonQuestion): Promise<InputRequiredResult> {
      return inputRequired({
        inputRequests: { [key]: inputRequired.elicit({ message, requestedSchema: form }) },
        requestState: await codec.mint({ scope, tool, state }, context),
      });
    },
  };
}

const capabilitiesSchema = z.object({ elicitation: z.object({ form: z.unknown(), url: z.unknown() }).partial() });

/** `elicitation: {}` is how hosts of 2025 say that they show forms; later ones may show only addresses. */
function takesForms(capabilities: unknown): boolean {
  const parsed = capabilitiesSchema.safeParse(capabilities);
  if (!parsed.success) return false;
  const { elicitation } = parsed.data;
  return elicitation.form !== undefined || elicitation.url === undefined;
}
