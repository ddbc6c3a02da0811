import { type McpSettings, noUrls } from '../options.ts';
import type { McpTool } from './mcp-tool.ts';

/** Says of a tool that it reaches beyond Atelier where its picture may be a file's path or a URL. */
export function withReach(tool: McpTool, { roots, urls }: Pick<McpSettings, 'roots' | 'urls'>): McpTool {
  const canReach = roots.length > 0 || urls !== noUrls;
  if (!canReach || !('image' in tool.inputSchema.shape)) return tool;
  return { ...tool, annotations: { ...tool.annotations, openWorldHint: true } };
}
