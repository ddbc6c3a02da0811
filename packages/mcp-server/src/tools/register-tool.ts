import { AtelierError } from '@atelier/sdk/errors';
import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  RequestStateCodec,
  ServerContext,
} from '@modelcontextprotocol/server';
import { isInputRequiredResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { scopeChallengeFor } from '../auth/scopes.ts';
import type { McpSettings } from '../options.ts';
import { hostPeople, type RoundState } from '../people/host-people.ts';
import { errorResult } from '../results/error-result.ts';
import { toolResult } from '../results/tool-result.ts';
import type { Principal, Workshop } from '../workshop/workshop.ts';
import { shownInput, shownSchema } from './json-schema.ts';
import type { McpCall, McpTool } from './mcp-tool.ts';
import { progressTeller } from './progress-teller.ts';

/** What every call of one server goes on with. */
export interface ToolHost {
  readonly server: McpServer;
  readonly settings: McpSettings;
  readonly workshop: Workshop;
  readonly principal: Principal;
  readonly codec: RequestStateCodec<RoundState>;
  readonly abortMeans: McpCall['abortMeans'];
  /** Told what is no `AtelierError`: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** A tool with its schemas as hosts see them, made once: servers over HTTP are made for every request. */
export interface PreparedTool {
  readonly tool: McpTool;
  readonly inputSchema: ReturnType<typeof shownSchema>;
  readonly outputSchema: ReturnType<typeof shownSchema>;
}

export const prepareTool = (tool: McpTool): PreparedTool => ({
  tool,
  inputSchema: shownInput(tool.inputSchema),
  outputSchema: shownSchema(tool.outputSchema),
});

/** Puts a tool on a server. */
export function registerTool({ tool, inputSchema, outputSchema }: PreparedTool, host: ToolHost): void {
  const { name, title, description, annotations, scope, meta } = tool;
  const config = {
    title,
    description,
    annotations,
    inputSchema,
    outputSchema,
    scopeChallenge: scopeChallengeFor(scope),
  };
  host.server.registerTool(name, { ...config, ...(meta ? { _meta: { ...meta } } : {}) }, (input, context) =>
    answer(tool, input, context, host),
  );
}

async function answer(
  tool: McpTool,
  input: Record<string, unknown>,
  context: ServerContext,
  host: ToolHost,
): Promise<CallToolResult | InputRequiredResult> {
  const { settings, workshop, principal, server, codec, abortMeans, onFault } = host;
  const { language } = settings;
  const call: McpCall = {
    workshop,
    settings,
    principal,
    language,
    signal: context.mcpReq.signal,
    abortMeans,
    ...progressTeller(context),
    people: hostPeople({ server, context, codec, scope: principal.scope, tool: tool.name }),
  };
  try {
    if (!principal.may[tool.scope]) throw notAllowed(tool);
    const reply = await tool.handle(checkInput(tool, input), call);
    return isAsking(reply) ? reply : await toolResult(reply, call);
  } catch (error) {
    // Whoever has gone or cancelled is the cause of what fails then.
    if (!AtelierError.isInstance(error) && !call.signal.aborted) onFault(error);
    return errorResult(error, call);
  }
}

/** The input with defaults filled in. */
function checkInput(tool: McpTool, input: Record<string, unknown>): Record<string, unknown> {
  const { name, inputSchema } = tool;
  const parsed = inputSchema.safeParse(input);
  const strays = Object.keys(input).filter((key) => !Object.hasOwn(inputSchema.shape, key));
  // Dropped in silence, half of what was asked for would be done.
  if (strays.length > 0) throw notTaken(tool, strays);
  if (parsed.success) return parsed.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `The input of ${name} is not right: ${z.prettifyError(parsed.error)}`,
    hint: 'Call it again with an input that fits its schema.',
  });
}

function notTaken({ name, inputSchema }: McpTool, strays: readonly string[]): AtelierError {
  const quoted = strays.slice(0, 10).map((key) => JSON.stringify(key.slice(0, 60)));
  const inside = 'parameters' in inputSchema.shape ? ` Of an operation, they go into "parameters": {...}.` : '';
  return new AtelierError({
    code: 'invalid-input',
    message: `${name} takes no ${quoted.join(' and no ')}.`,
    hint: `It takes ${Object.keys(inputSchema.shape).join(', ')}.${inside}`,
  });
}

const isAsking = (reply: object): reply is InputRequiredResult => isInputRequiredResult(reply);

const notAllowed = ({ name }: McpTool): AtelierError =>
  new AtelierError({
    code: 'access-denied',
    message: `This key may look at pictures and not change them, and ${name} changes one.`,
    hint: 'Use a key that may edit.',
  });
