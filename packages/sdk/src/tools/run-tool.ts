import { z } from 'zod';
import { AtelierError } from '../errors/atelier-error.ts';
import { cancelled } from '../image/abort.ts';
import type { ToolContext } from './tool-context.ts';
import type { AnyTool } from './tools.ts';

/** Checks the input, runs the tool, checks the output. Every failure is an `AtelierError`. */
export async function runTool(tool: AnyTool, input: unknown, context: ToolContext): Promise<unknown> {
  const checked = checkInput(tool, input);
  try {
    context.signal?.throwIfAborted();
    return tool.outputSchema.parse(await tool.handle(checked, context));
  } catch (error) {
    if (context.signal?.aborted) throw cancelled(context.signal.reason);
    if (AtelierError.isInstance(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new AtelierError({ code: 'backend-failed', message: `${tool.name} failed: ${message}`, cause: error });
  }
}

/** The input as the tool takes it, defaults filled in. Throws `invalid-input`. */
export function checkInput(tool: AnyTool, input: unknown): unknown {
  const parsed = tool.inputSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `The input of ${tool.name} is not right: ${z.prettifyError(parsed.error)}`,
    hint: 'Call it again with an input that fits its schema.',
  });
}
