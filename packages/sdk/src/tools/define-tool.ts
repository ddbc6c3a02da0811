import type { z } from 'zod';
import type { CapabilityName } from '../capabilities/capability.ts';
import type { ToolContext } from './tool-context.ts';

/** What hosts show about a tool; the names of MCP's annotations. */
export interface ToolAnnotations {
  /** Changes nothing: looks only. */
  readonly readOnlyHint: boolean;
  /** The same input gives the same result. */
  readonly idempotentHint: boolean;
  /** May destroy what exists: never, since every edit is a new picture. */
  readonly destructiveHint: false;
}

/** A tool, written once: the SDK's agent, the AI SDK, MCP and the HTTP API are rendered from it. */
export interface ToolDefinition<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  /** snake_case. */
  readonly name: Name;
  readonly title: string;
  /** For the brain: what it does, when to use it. */
  readonly description: string;
  /** The capability it needs, if it needs one. */
  readonly capability?: CapabilityName;
  readonly annotations: ToolAnnotations;
  readonly inputSchema: Input;
  readonly outputSchema: Output;
  /**
   * Writes into the input what depends on the session's state at this moment, so that running the call again does the
   * same: an engine records the result before it runs `handle`.
   */
  pin?(input: z.infer<Input>, context: ToolContext): z.infer<Input>;
  /** Never waits for a person: a question comes back as `{ needs: 'choice' }`. */
  handle(input: z.infer<Input>, context: ToolContext): Promise<z.infer<Output>>;
}

/** Checks a literal against `ToolDefinition` and keeps its exact types. */
export const defineTool = <Name extends string, Input extends z.ZodType, Output extends z.ZodType>(
  tool: ToolDefinition<Name, Input, Output>,
): ToolDefinition<Name, Input, Output> => tool;

export const looks: ToolAnnotations = { readOnlyHint: true, idempotentHint: true, destructiveHint: false };
export const makes: ToolAnnotations = { readOnlyHint: false, idempotentHint: true, destructiveHint: false };
