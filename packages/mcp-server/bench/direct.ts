import { createMcpApp } from '../src/app.ts';
import { readChoice } from '../src/command/choice.ts';
import { openWorkshops } from '../src/command/open-workshops.ts';
import { toolResult } from '../src/results/tool-result.ts';
import type { McpCall, McpTool, ToolReply } from '../src/tools/mcp-tool.ts';
import { mcpTools } from '../src/tools/tools.ts';

type Input = Readonly<Record<string, unknown>>;

/** Tools without any protocol, in this process, on the folders that the served ones use. */
export async function directTools(parameters: readonly string[]) {
  const choice = readChoice(parameters, {});
  if (choice.kind !== 'serve') throw new Error('The command line is one that serves.');
  const workshops = await openWorkshops(choice);
  const { settings } = createMcpApp({ workshops, roots: choice.roots });
  const principal = { scope: 'default', may: { look: true, edit: true }, session: choice.session };
  const call: McpCall = {
    workshop: workshops.of(principal),
    settings,
    principal,
    language: 'en',
    signal: new AbortController().signal,
    abortMeans: 'stop',
    tell: () => {},
    people: {
      canAsk: false,
      state: undefined,
      answer: () => undefined,
      ask: () => Promise.reject(new Error('There is nobody.')),
    },
  };
  const tools = new Map(mcpTools(settings).map((tool) => [tool.name, tool]));
  const handle = async (name: string, input: Input): Promise<ToolReply> => {
    const tool: McpTool | undefined = tools.get(name);
    if (tool === undefined) throw new Error(`There is no tool ${name}.`);
    const reply = await tool.handle(tool.inputSchema.parse(input), call);
    if ('output' in reply) return reply as ToolReply;
    throw new Error('Nobody can be asked.');
  };
  return {
    /** The tool's own work. */
    handle,
    /** The same, and the result that hosts get of it: previews, links. */
    result: async (name: string, input: Input) => toolResult(await handle(name, input), call),
    close: () => workshops.close(),
  };
}
