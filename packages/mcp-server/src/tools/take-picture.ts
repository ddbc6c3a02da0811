import { fileURLToPath } from 'node:url';
import { AtelierError } from '@atelier/sdk/errors';
import { readImageBytes } from '@atelier/sdk/image';
import { z } from 'zod';
import type { PictureInfo, TakenPicture } from '../workshop/workshop.ts';
import { findInRoots } from './find-in-roots.ts';
import type { McpCall } from './mcp-tool.ts';

/** How hosts name a picture. */
export const pictureSchema = z
  .string()
  .min(1)
  .max(8_000_000)
  .describe('Image id (img_...). Also a file path, URL or data URL, where this server allows it');

/**
 * The picture that a caller names: by its id (also inside an `atelier://` address), a path in an allowed folder, an allowed URL, or
 * a small data URL. What is no id is read and stored, and belongs to `session` or a new one, which goes on showing what it shows.
 * Throws `not-found`, `not-allowed`, `invalid-input`, `image-invalid`, `image-too-large`.
 */
export async function takePicture(reference: string, call: McpCall, session?: string): Promise<PictureInfo> {
  const id = idIn(reference);
  if (id !== undefined) return call.workshop.picture(id);
  const bytes = await readPicture(reference, call);
  return call.workshop.takeBytes(bytes, { session, makeCurrent: false, signal: call.signal });
}

/** The same for a picture that the person goes on with: it becomes the current one of its session. */
export async function loadPicture(reference: string, call: McpCall): Promise<PictureInfo | TakenPicture> {
  const id = idIn(reference);
  if (id !== undefined) return call.workshop.picture(id);
  return call.workshop.takeBytes(await readPicture(reference, call), { signal: call.signal });
}

/** An image id by itself or in an address of this server. */
function idIn(reference: string): string | undefined {
  const [, id] = /^(?:atelier:\/\/images\/)?(img_[0-9a-f]{32})(?:\/preview)?$/.exec(reference.trim()) ?? [];
  return id;
}

async function readPicture(reference: string, { settings, signal }: McpCall): Promise<Uint8Array> {
  const { roots, urls, dataUrlBytes } = settings;
  if (/^data:/i.test(reference)) {
    if (reference.length > dataUrlBytes)
      throw dataUrlTooLong(reference.length, dataUrlBytes, settings.uploads !== undefined);
    return readImageBytes(reference, { roots: [], signal });
  }
  if (/^https?:/i.test(reference)) return readImageBytes(reference, { roots: [], urls, signal });
  const path = pathOf(reference);
  if (roots.length === 0) throw noFolders(settings.uploads !== undefined);
  return readImageBytes(await findInRoots(path, roots), { roots, signal });
}

/** Characters: the longest path that any system takes. */
const longestPath = 4096;

function pathOf(reference: string): string {
  if (/^img_/.test(reference) || /^atelier:/i.test(reference)) throw notAnId(reference);
  try {
    // Drives of Windows are one letter, schemes at least two.
    const isAddress = /^[a-z][a-z0-9+.-]+:/i.test(reference);
    const path = isAddress ? fileURLToPath(reference) : reference;
    if (path.length <= longestPath && !path.includes('\0')) return path;
  } catch {
    // A file: address of another host, or one that is no path.
  }
  throw new AtelierError({
    code: 'invalid-input',
    message: `"${clip(reference)}" is neither an image id nor a path of a file.`,
    hint: 'Give the whole path of the file, from the root of the disk, or the id that an earlier result has.',
  });
}

const notAnId = (reference: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no picture "${clip(reference)}".`,
    hint: 'Image ids are img_ and 32 hex digits, as earlier results have them.',
  });

const noFolders = (canUpload: boolean): AtelierError =>
  new AtelierError({
    code: 'not-allowed',
    message: 'This server may not read files.',
    hint: canUpload
      ? 'Use create_upload and send the file there.'
      : 'Whoever runs it can allow folders: start it with --root FOLDER (or ATELIER_MCP_ROOTS).',
  });

const dataUrlTooLong = (length: number, most: number, canUpload: boolean): AtelierError =>
  new AtelierError({
    code: 'image-too-large',
    message: `The data URL has ${length} characters; at most ${most} are taken.`,
    hint: canUpload ? 'Use create_upload and send the file there.' : 'Name the file by its absolute path instead.',
  });

const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
