import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';

/**
 * The whole body. Bytes are counted while they come, whatever the length says; more than `maxBytes` throws `request-too-large`
 * and reads no further. Throws `cancelled` where the caller goes away, `invalid-input` for a compressed body.
 */
export async function readBody(request: IncomingMessage, response: ServerResponse, maxBytes: number): Promise<Buffer> {
  // A few kilobytes can unpack to gigabytes, and no client compresses pictures.
  if ((request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') throw compressed();
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (act: () => void) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      act();
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) settle(() => reject(tooLarge(maxBytes)));
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks, length)));
    const onClose = () => settle(() => reject(brokenOff()));
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });
}

const tooLarge = (maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'request-too-large',
    message: `The request has more than ${maxBytes} bytes.`,
    hint: 'Send pictures by their ids, by URL, or to a URL of create_upload where that tool is there.',
    details: { maxBytes },
  });

const compressed = (): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'Bodies are not taken compressed.',
    hint: 'Send it without Content-Encoding.',
  });

const brokenOff = (): AtelierError =>
  new AtelierError({ code: 'cancelled', message: 'The request broke off before it was complete.' });
