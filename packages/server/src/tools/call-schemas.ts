import { type PlannedToolName, toolDefinitions } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';
import { sessionIdSchema } from '../http/schemas.ts';

/** A tool of the SDK as far as routes go. */
export interface ServedTool {
  readonly name: PlannedToolName;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: z.ZodType;
  readonly outputSchema: z.ZodType;
}

/** Every tool but `plan`, which writes down what an agent is about to do. */
export const servedTools: readonly ServedTool[] = toolDefinitions.filter((tool) => tool.name !== 'plan');

/** What a call of a tool says beside its input. */
const callShape = {
  session: sessionIdSchema.optional().openapi({
    description:
      'What it belongs to: a session, or a name for a new one. Default: the session in which its picture or edit was last seen, else a new one.',
  }),
  language: z.enum(['en', 'ko']).optional().openapi({ description: 'Of what the tool says. Default `en`.' }),
};

/** A call, as it is sent. */
export const callSchema = ({ name, inputSchema }: ServedTool) =>
  z.strictObject({ ...callShape, input: inputSchema }).openapi(`${pascal(name)}Call`);

/** What a call is answered with. */
export const outcomeSchema = ({ name, outputSchema }: ServedTool) =>
  z.object({ session: sessionIdSchema, output: outputSchema }).openapi(`${pascal(name)}Outcome`);

const pascal = (name: string): string =>
  name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
