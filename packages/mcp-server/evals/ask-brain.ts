import { generateText, type LanguageModel } from 'ai';
import type { EvalRow } from './eval-row.ts';
import type { McpHost } from './mcp-host.ts';
import type { Answered } from './score.ts';

/** The tool of the server's list that a host's model calls first. */
export async function askBrain(brain: LanguageModel, host: McpHost, row: EvalRow): Promise<Answered> {
  try {
    const messages = await host.dialogue(row);
    const { toolCalls, text } = await generateText({
      model: brain,
      instructions: host.instructions,
      tools: host.tools,
      messages,
    });
    const tool = toolCalls[0]?.toolName;
    return { row, tool, ...(tool === undefined ? { failure: `it said: ${text.slice(0, 200)}` } : {}) };
  } catch (error) {
    return { row, tool: undefined, failure: error instanceof Error ? error.message.slice(0, 200) : String(error) };
  }
}
