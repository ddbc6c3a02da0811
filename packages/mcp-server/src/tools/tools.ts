import type { McpSettings } from '../options.ts';
import { createUpload } from './create-upload.ts';
import { jobTools } from './jobs/job-tools.ts';
import type { McpTool } from './mcp-tool.ts';
import { withReach } from './open-world.ts';
import { saveImage } from './save-image.ts';
import { sdkTools } from './sdk-tools/sdk-tool.ts';

/** Every tool that this server offers, in the order hosts see them: whole tasks first. */
export function mcpTools(settings: McpSettings): readonly McpTool[] {
  const tools: readonly McpTool[] = [
    ...jobTools,
    ...sdkTools(settings),
    ...(settings.output === undefined ? [] : [saveImage]),
    ...(settings.uploads === undefined ? [] : [createUpload]),
  ];
  return tools.map((tool) => withReach(tool, settings));
}
