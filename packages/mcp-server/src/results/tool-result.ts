import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { McpCall, ShownPicture, ToolReply } from '../tools/mcp-tool.ts';
import { fitOutput } from './fit-output.ts';
import { imageLink, maskLink } from './links.ts';
import { recentPreview } from './recent-previews.ts';

/** What the frame around a result takes: JSON-RPC's own words, and quotes escaped once more. Bytes. */
const frameBytes = 2048;
/** A preview smaller than this shows nothing worth its bytes. */
const leastPreviewBytes = 12 * 1024;
/** Longer JSON is not said a second time as text. Characters. */
const longestText = 24_000;

/**
 * A reply as hosts take it: the output as structured content and, for hosts that read no such thing, as text; previews of its
 * pictures; links to the full files. Never above `settings.resultBytes` on the wire: previews shrink, then lists are cut.
 */
export async function toolResult(reply: ToolReply, call: McpCall): Promise<CallToolResult> {
  const { settings } = call;
  const { output, json } = fitOutput(reply.output, settings.resultBytes - frameBytes);
  const blocks: ContentBlock[] = [{ type: 'text', text: json.length <= longestText ? json : tooLong }];
  if (reply.advice !== undefined) blocks.push({ type: 'text', text: reply.advice });
  const pictures = reply.pictures ?? [];
  const links = await Promise.all([
    ...pictures.filter(({ hasLink }) => hasLink !== false).map((picture) => imageLink(picture, call)),
    ...(reply.masks ?? []).map(async (id) => [maskLink(id)]),
  ]);
  blocks.push(...links.flat());
  const left = settings.resultBytes - frameBytes - wireBytes({ output, blocks });
  const previews = settings.images === 'on' ? await previewBlocks(pictures, left, call) : [];
  // The picture before its links: models read from the top.
  const [words, ...others] = blocks;
  const content = [...(words ? [words] : []), ...previews, ...others];
  return { structuredContent: { ...output }, content, ...(reply.meta ? { _meta: { ...reply.meta } } : {}) };
}

const tooLong = 'The result is long: it is in the structured content.';

const wireBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

async function previewBlocks(
  pictures: readonly ShownPicture[],
  budget: number,
  { workshop, signal }: McpCall,
): Promise<ContentBlock[]> {
  const blocks: ContentBlock[] = [];
  let left = budget;
  for (const { id, mask } of pictures) {
    // Base64 makes four bytes of three.
    const maxBytes = Math.floor(((left - 200) * 3) / 4);
    if (maxBytes < leastPreviewBytes) break;
    const wanted = { id, mask, maxBytes: Math.min(maxBytes, 256 * 1024), signal };
    const { bytes, mediaType } = await recentPreview(workshop, wanted);
    if (bytes.length > maxBytes) break;
    const block: ContentBlock = { type: 'image', data: Buffer.from(bytes).toString('base64'), mimeType: mediaType };
    left -= wireBytes(block);
    blocks.push(block);
  }
  return blocks;
}
