import type { Language, PlannedToolName, toolSchemas } from '@atelier/sdk';
import type { z } from 'zod';
import type { Connection } from './connection.ts';
import type { CallOptions } from './job-handle.ts';

export interface CallToolOptions extends CallOptions {
  /** A session, or a name for a new one. Default: the one in which the picture or edit was last seen, else a new one. */
  readonly session?: string | undefined;
  /** Of what the tool says. Default `en`. */
  readonly language?: Language | undefined;
}

/** What a tool answered, and the session that it did it in. */
export interface ToolOutcome<Name extends PlannedToolName> {
  readonly session: string;
  readonly output: z.output<(typeof toolSchemas)[Name]['output']>;
}

/** POST /tools/NAME. Work that was begun is not begun again unasked where the connection breaks: it may take minutes. */
export const callTool = <Name extends PlannedToolName>(
  connection: Connection,
  tool: Name,
  input: z.input<(typeof toolSchemas)[Name]['input']>,
  { signal, session, language }: CallToolOptions = {},
): Promise<ToolOutcome<Name>> =>
  connection.json(`/tools/${encodeURIComponent(tool)}`, { method: 'POST', json: { session, language, input }, signal });
