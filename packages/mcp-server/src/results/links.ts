import type { ResourceLink } from '@modelcontextprotocol/server';
import { imageUri, maskUri } from '../resources/uris.ts';
import type { McpCall, ShownPicture, ToolReply } from '../tools/mcp-tool.ts';

/** For people, not for models: some hosts pour what a link leads to into the model's context. */
const forPeople = { audience: ['user' as const], priority: 0.2 };

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
};

/** Links to a reply's pictures, then to its masks, as long as they take no more than `mostBytes`: outputs name them all. */
export async function replyLinks(reply: ToolReply, mostBytes: number, call: McpCall): Promise<ResourceLink[]> {
  const { pictures = [], masks = [] } = reply;
  const linked = pictures.filter(({ hasLink }) => hasLink !== false);
  const images = await Promise.all(linked.map((picture) => imageLink(picture, call)));
  const links: ResourceLink[] = [];
  let bytes = 0;
  for (const link of [...images.flat(), ...masks.map(maskLink)]) {
    bytes += Buffer.byteLength(JSON.stringify(link)) + 1;
    if (bytes > mostBytes) break;
    links.push(link);
  }
  return links;
}

/** The full file of a picture as a resource and, over HTTP, as a URL that works for a while. */
async function imageLink({ id, title }: ShownPicture, call: McpCall): Promise<ResourceLink[]> {
  const { workshop, settings, principal } = call;
  const { mediaType, size } = await workshop.fileInfo(id);
  const name = `${id}.${extensions[mediaType] ?? 'bin'}`;
  const link = { type: 'resource_link' as const, name, title, mimeType: mediaType, size, annotations: forPeople };
  const links: ResourceLink[] = [{ ...link, uri: imageUri(id) }];
  if (settings.uploads) links.push({ ...link, uri: await settings.uploads.download(principal.scope, id) });
  return links;
}

/** A mask as COCO run-length encoding. */
const maskLink = (id: string): ResourceLink => ({
  type: 'resource_link',
  uri: maskUri(id),
  name: `${id}.json`,
  title: 'The mask (COCO RLE)',
  mimeType: 'application/json',
  annotations: forPeople,
});
