import type { Language } from '@atelier/sdk';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import type { McpSettings } from '../options.ts';
import type { People } from '../people/people.ts';
import type { Principal, Workshop } from '../workshop/workshop.ts';

/** What hosts show about a tool and decide by (the names of MCP's annotations). */
export interface McpToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly idempotentHint: boolean;
  readonly destructiveHint: boolean;
  /** Whether it reaches beyond Atelier, such as into the file system or the web. */
  readonly openWorldHint: boolean;
}

/** What a tool's handler works with. */
export interface McpCall {
  readonly workshop: Workshop;
  readonly settings: McpSettings;
  readonly principal: Principal;
  readonly language: Language;
  readonly signal: AbortSignal;
  /**
   * What is meant when the signal fires: `stop`, the caller wants no more of it; `hang-up`, only the connection is gone. Hosts of
   * 2025 over HTTP without connections of their own cannot say the former, and their revision says not to read it into the latter.
   */
  readonly abortMeans: 'stop' | 'hang-up';
  /** A progress notification: share of the work done, 0..1, and what happens, for people. What is told faster than hosts can show is left out. */
  tell(fraction: number, message: string): void;
  readonly people: People;
}

/** A picture that a reply shows: a preview in the result, and a link to the full file. */
export interface ShownPicture {
  readonly id: string;
  /** Id of a mask to tint in the preview. */
  readonly mask?: string | undefined;
  /** What it is: `The edited picture`. */
  readonly title: string;
  /** False: only the preview, no link (overlays). Default true. */
  readonly hasLink?: boolean | undefined;
}

/** What a tool says; results are built from it in one place (`results/`). */
export interface ToolReply {
  /** As `outputSchema` has it. */
  readonly output: Readonly<Record<string, unknown>>;
  /** In the order of importance: the first gets the most room. */
  readonly pictures?: readonly ShownPicture[] | undefined;
  /** Masks to link. */
  readonly masks?: readonly string[] | undefined;
  /** For the model, beside the JSON: how to go on, what to tell the person. */
  readonly advice?: string | undefined;
  /** For programs, such as the viewer: `_meta` of the result. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** A tool as MCP hosts see it. */
export interface McpTool<Input extends z.ZodObject = z.ZodObject> {
  /** snake_case. */
  readonly name: string;
  readonly title: string;
  /** For the model: what it does, when to use it. */
  readonly description: string;
  readonly annotations: McpToolAnnotations;
  /** What the caller must be allowed to do. */
  readonly scope: 'look' | 'edit';
  readonly inputSchema: Input;
  /** An object at its root, as the revision of 2025 demands. */
  readonly outputSchema: z.ZodObject;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** Rejects with `AtelierError`s. */
  handle(input: z.output<Input>, call: McpCall): Promise<ToolReply | InputRequiredResult>;
}

/** Checks a literal against `McpTool` and keeps its exact types. */
export const mcpTool = <Input extends z.ZodObject>(tool: McpTool<Input>): McpTool<Input> => tool;
