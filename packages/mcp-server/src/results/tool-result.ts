import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import type { McpCall, ShownPicture, ToolReply } from '../tools/mcp-tool.ts';
import { clipText } from './clip-text.ts';
import { fitOutput } from './fit-output.ts';
import { replyLinks } from './links.ts';
import { recentPreview } from './recent-previews.ts';

/** What the frame around a result takes: JSON-RPC's own words, and quotes escaped once more. Bytes. */
const frameBytes = 2048;
/** A preview smaller than this shows nothing worth its bytes. */
const leastPreviewBytes = 12 * 1024;
/** What the text says of the output: all that some hosts give their models, which pay for every word of it. Bytes. */
const longestText = 24_000;
/** Characters of an advice: it may quote what a model said. */
const longestAdvice = 4000;

/**
 * A reply as hosts take it: the output as structured content and, for hosts that read no such thing, as text; previews of its
 * pictures; links to the full files. Never above `settings.resultBytes` on the wire: previews shrink, links are left out, then lists
 * and texts are cut.
 */
export async function toolResult(reply: ToolReply, call: McpCall): Promise<CallToolResult> {
  const { settings } = call;
  const room = settings.resultBytes - frameBytes;
  const advice: ContentBlock[] = !reply.advice ? [] : [{ type: 'text', text: clipText(reply.advice, longestAdvice) }];
  const pictures = reply.pictures ?? [];
  const links = await replyLinks(reply, Math.floor(room / 4), call);
  const asides = [...advice, ...links];
  const left = room - wireBytes({ asides, meta: reply.meta });
  const { output } = fitOutput(reply.output, Math.floor(left / 2));
  // As a text, the quotes in JSON are escaped: at worst it takes twice its bytes, and a quarter is left for previews.
  const { json } = fitOutput(reply.output, Math.min(longestText, Math.floor(left / 8)));
  const words: ContentBlock = { type: 'text', text: json };
  const previews =
    settings.images === 'on' ? await previewBlocks(pictures, left - wireBytes({ output, words }), call) : [];
  // The picture before its links: models read from the top.
  const content = [words, ...previews, ...asides];
  return { structuredContent: { ...output }, content, ...(reply.meta ? { _meta: { ...reply.meta } } : {}) };
}

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
