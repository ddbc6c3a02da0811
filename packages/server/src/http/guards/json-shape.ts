import { AtelierError } from '@atelier/sdk/errors';

/** Lists and objects inside of each other. What this API takes needs less than ten. */
const deepest = 64;
/** Lists, objects and commas in one body: a chat of ten thousand messages has half as many. */
const mostParts = 250_000;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks over JSON before it is parsed. Twenty megabytes of brackets hold up the process for seconds and take a gigabyte, while
 * a picture of that size is one string, which is skipped. Throws `invalid-input`.
 */
export function checkJsonShape(bytes: Uint8Array): void {
  const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) at = endOfString(json, at);
    else if (byte === openList || byte === openObject) {
      if (++depth > deepest) throw tooMuch(`lists and objects more than ${deepest} deep in each other`);
      parts += 1;
    } else if (byte === closeList || byte === closeObject) depth -= 1;
    else if (byte === comma) parts += 1;
    if (parts > mostParts) throw tooMuch(`more than ${mostParts} values`);
  }
}

/** Where the string that begins here ends; the end of all where it does not: the parser says so better. */
function endOfString(json: Buffer, start: number): number {
  let end = json.indexOf(quote, start + 1);
  while (end >= 0 && isEscaped(json, end)) end = json.indexOf(quote, end + 1);
  return end < 0 ? json.length : end;
}

/** By an odd number of backslashes before it. */
function isEscaped(json: Buffer, at: number): boolean {
  let first = at;
  while (json[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

const tooMuch = (what: string): AtelierError =>
  new AtelierError({ code: 'invalid-input', message: `The body has ${what}.`, hint: 'The schemas are at /docs.' });
