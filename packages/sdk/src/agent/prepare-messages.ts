import type { FilePart, ImagePart, ModelMessage, TextPart } from 'ai';
import type { ImageInput } from '../image/image-input.ts';
import type { Session } from './session.ts';

type Part = TextPart | ImagePart | FilePart;

/**
 * Gives the pictures in a conversation ids, so that tools can work on them: every picture of a user message is kept in
 * the session, and a line naming its id and size is put after it. A picture that is new to the session becomes the current
 * one; conversations are sent whole at every turn, so a known one changes nothing. Messages without pictures stay as they are.
 */
export async function prepareMessages(session: Session, messages: readonly ModelMessage[]): Promise<ModelMessage[]> {
  const prepared: ModelMessage[] = [];
  for (const message of messages) {
    if (message.role !== 'user' || typeof message.content === 'string') {
      prepared.push(message);
      continue;
    }
    const content: Part[] = [];
    for (const part of message.content) content.push(part, ...(await nameOf(session, part)));
    prepared.push({ ...message, content });
  }
  return prepared;
}

async function nameOf(session: Session, part: Part): Promise<TextPart[]> {
  const input = pictureIn(part);
  if (input === undefined) return [];
  const { id, width, height } = await session.offerImage(input);
  return [{ type: 'text', text: `[image ${id} ${width}x${height}]` }];
}

function pictureIn(part: Part): ImageInput | undefined {
  if (part.type === 'image') return toInput(part.image);
  if (part.type === 'file' && part.mediaType.startsWith('image')) return toInput(part.data);
  return undefined;
}

/** The AI SDK's forms of inline data: bytes, base64, data URLs and URLs, bare or tagged. */
function toInput(data: unknown): ImageInput | undefined {
  if (data instanceof Uint8Array || data instanceof URL) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (typeof data === 'string')
    return /^(data|https?):/.test(data) ? data : new Uint8Array(Buffer.from(data, 'base64'));
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined;
  if (data.type === 'data' && 'data' in data) return toInput(data.data);
  if (data.type === 'url' && 'url' in data) return toInput(data.url instanceof URL ? data.url : String(data.url));
  return undefined;
}
