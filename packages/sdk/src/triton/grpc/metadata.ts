import { Metadata } from '@grpc/grpc-js';
import { InvalidInputError } from '../errors.ts';

/** https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md: what a key and a text value may be. */
const key = /^[0-9a-z_.-]+$/;
const text = /^[\x20-\x7e]*$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** Headers of the protocol itself: another value would break the call or be written over. */
const own = new Set(['connection', 'content-length', 'content-type', 'host', 'te', 'transfer-encoding', 'upgrade']);

/**
 * The headers of a call as gRPC metadata. Names that end in `-bin` carry bytes: their values are base64, as over HTTP.
 * Throws `invalid-input` for what gRPC does not carry, without repeating the value.
 */
export function metadataOf(headers: Readonly<Record<string, string>>): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) {
    if (!key.test(name) || name.startsWith('grpc-') || own.has(name)) {
      throw invalid(
        `The header ${JSON.stringify(name)} cannot be sent over gRPC`,
        'Names are lower-case letters, digits, - _ and dots, and not those that gRPC uses itself.',
      );
    }
    if (name.endsWith('-bin')) {
      if (!base64.test(value)) throw invalid(`The header ${name} is not base64`, 'Headers named -bin carry bytes.');
      metadata.set(name, Buffer.from(value, 'base64'));
    } else {
      if (!text.test(value)) throw invalid(`The header ${name} is not printable ASCII`, 'Encode it.');
      metadata.set(name, value);
    }
  }
  return metadata;
}

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
