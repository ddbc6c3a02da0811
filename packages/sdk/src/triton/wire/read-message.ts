import { isRecord } from './parameters.ts';
import { parseServerJson } from './server-json.ts';
import { WireError } from './wire-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A body in its two parts. */
export interface Message {
  readonly json: Readonly<Record<string, unknown>>;
  /** What follows the JSON; undefined where the body is all JSON. */
  readonly binary: Uint8Array | undefined;
}

/** Splits a body by the length of its JSON, undefined where it is all JSON. Throws `WireError`. */
export function readMessage(body: Uint8Array, headerBytes: number | undefined, what: string): Message {
  const length = headerBytes ?? body.byteLength;
  if (!Number.isSafeInteger(length) || length < 0 || length > body.byteLength) {
    throw new WireError(`${what} says its JSON is ${length} bytes long, but it has ${body.byteLength} bytes in all.`);
  }
  const json = parseServerJson(decodeText(body.subarray(0, length), what), what);
  if (!isRecord(json)) throw new WireError(`${what} is no JSON object.`);
  return { json, binary: headerBytes === undefined ? undefined : body.subarray(length) };
}

function decodeText(bytes: Uint8Array, what: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new WireError(`${what} is not valid UTF-8 where its JSON should be.`);
  }
}
