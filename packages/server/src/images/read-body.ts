import { AtelierError } from '@atelier/sdk/errors';

/** The whole body of a request, read up to a limit. Throws `request-too-large`, before reading where the length is told. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

const tooLarge = (maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'request-too-large',
    message: `The request has more than ${maxBytes} bytes.`,
    hint: 'Make the picture smaller, or save it with more compression.',
    details: { maxBytes },
  });
