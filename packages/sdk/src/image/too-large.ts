import { AtelierError } from '../errors/atelier-error.ts';

/** The file, whatever it holds, is longer than allowed. */
export const tooManyBytes = (bytes: number, maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'image-too-large',
    message: `The file has ${bytes} bytes; the limit is ${maxBytes}.`,
    hint: 'Make the picture smaller, or raise the limit.',
    details: { bytes, maxBytes },
  });
