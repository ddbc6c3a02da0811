import type { ResourceLink } from '@modelcontextprotocol/server';
import { imageUri, maskUri } from '../resources/uris.ts';
import type { McpCall, ShownPicture } from '../tools/mcp-tool.ts';

/** For people, not for models: some hosts pour what a link leads to into the model's context. */
const forPeople = { audience: ['user' as const], priority: 0.2 };

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
};

/** The full file of a picture as a resource and, over HTTP, as a URL that works for a while. */
export async function imageLink({ id, title }: ShownPicture, call: McpCall): Promise<ResourceLink[]> {
  const { workshop, settings, principal } = call;
  const { mediaType, size } = await workshop.fileInfo(id);
  const name = `${id}.${extensions[mediaType] ?? 'bin'}`;
  const link = { type: 'resource_link' as const, name, title, mimeType: mediaType, size, annotations: forPeople };
  const links: ResourceLink[] = [{ ...link, uri: imageUri(id) }];
  if (settings.uploads) links.push({ ...link, uri: await settings.uploads.download(principal.scope, id) });
  return links;
}

/** A mask as COCO run-length encoding. */
export const maskLink = (id: string): ResourceLink => ({
  type: 'resource_link',
  uri: maskUri(id),
  name: `${id}.json`,
  title: 'The mask (COCO RLE)',
  mimeType: 'application/json',
  annotations: forPeople,
});
