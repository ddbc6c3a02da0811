import type { JSONValue } from '@ai-sdk/provider';
import type { PlannedToolName } from '@atelier/sdk';

/** One tool call to come: all of its input that the request alone decides. */
export interface PlannedStep {
  readonly tool: PlannedToolName;
  /** Words for the thing this step is about. */
  readonly target?: string;
  /** What the step does, in the person's language. */
  readonly message: string;
  readonly input: Readonly<Record<string, JSONValue>>;
  /** What is filled in when the call is made: the newest picture, the mask of the newest cut-out. */
  readonly needs: readonly ('image' | 'mask')[];
  /** True for a step that only shows more: left out where its tool is not offered. */
  readonly optional?: boolean;
}
