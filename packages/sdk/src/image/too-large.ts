import { AtelierError } from '../errors/atelier-error.ts';

/** The file, whatever it holds, is longer than allowed. Its length may be unknown, as in a download that was stopped. */
export const tooManyBytes = (bytes: number | undefined, maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'image-too-large',
    message:
      bytes === undefined
        ? `The file has more than ${maxBytes} bytes, which is the limit.`
        : `The file has ${bytes} bytes; the limit is ${maxBytes}.`,
    hint: 'Make the picture smaller, or raise the limit.',
    details: bytes === undefined ? { maxBytes } : { bytes, maxBytes },
  });
