import { AtelierError } from '@atelier/sdk/errors';

/** Lists and objects inside of each other. What tools take needs less than ten. */
const deepest = 64;
/** Lists, objects and commas in one message. */
const mostParts = 200_000;

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Looks over a message before anything parses it: megabytes of brackets hold up the process for seconds and take a gigabyte, while
 * a picture of that size is one string, which is skipped. Throws `invalid-input`. What is no JSON is left to the parser.
 */
export function checkJsonShape(json: Buffer): void {
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (byte === quote) at = endOfString(json, at);
    else if (byte === comma) parts += 1;
    else if (closing.has(byte)) depth -= 1;
    else if (opening.has(byte)) {
      depth += 1;
      parts += 1;
    }
    if (depth > deepest) throw tooMuch(`lists and objects more than ${deepest} deep in each other`);
    if (parts > mostParts) throw tooMuch(`more than ${mostParts} values`);
  }
}

/** Where the string that begins here ends; the end of all where it does not. */
function endOfString(json: Buffer, start: number): number {
  let end = json.indexOf(quote, start + 1);
  while (end >= 0) {
    let first = end;
    while (json[first - 1] === backslash) first -= 1;
    // Behind an odd number of backslashes it is a part of the string.
    if ((end - first) % 2 === 0) return end;
    end = json.indexOf(quote, end + 1);
  }
  return json.length;
}

const tooMuch = (what: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The message has ${what}.`,
    hint: 'The schemas are in tools/list.',
  });
