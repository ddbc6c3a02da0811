import { type ToolName, toolDefinitions } from '@atelier/sdk/tools';

const changing: ReadonlySet<ToolName> = new Set(
  toolDefinitions.flatMap(({ name, annotations }) => (annotations.readOnlyHint ? [] : [name])),
);

/** Whether a tool of the SDK makes a new picture, or moves a session to another one. */
export const changesPictures = (tool: ToolName): boolean => changing.has(tool);
