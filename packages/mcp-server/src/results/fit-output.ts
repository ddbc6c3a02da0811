import { clipText } from './clip-text.ts';
import { longestParts, type Part, withPart } from './parts.ts';

/** An output that fits, and its JSON. */
export interface FittedOutput {
  readonly output: Readonly<Record<string, unknown>>;
  readonly json: string;
}

/** A cut takes at least this share of what it cuts, so that cutting ends. */
const leastCut = 0.05;
/** Bytes that telling of a cut may take. */
const toTell = 128;
/** Characters that a text keeps in any case. */
const leastText = 400;
/** What a text that was cut ends with. */
const mark = '…';

/**
 * Cuts the longest lists and texts of an output, wherever they lie in it, until its JSON takes at most `mostBytes` or nothing in it
 * is long. A cut output says in `omitted` how many entries or characters are missing, by the path of the list or text
 * (`question.candidates`). Lists come with the best first.
 */
export function fitOutput(output: Readonly<Record<string, unknown>>, mostBytes: number): FittedOutput {
  let fitted = output;
  let json = JSON.stringify(fitted);
  const omitted: Record<string, number> = {};
  for (let bytes = Buffer.byteLength(json); bytes > mostBytes; bytes = Buffer.byteLength(json)) {
    const part = partToCut(fitted);
    if (part === undefined) break;
    const share = Math.max(0, Math.min(1 - leastCut, 1 - (bytes - mostBytes + toTell) / part.bytes));
    const name = part.path.join('.');
    const { value, missing } = cut(part.value, share, omitted[name] ?? 0);
    omitted[name] = missing;
    fitted = { ...withPart(fitted, part.path, value), omitted: { ...omitted } };
    json = JSON.stringify(fitted);
  }
  return { output: fitted, json };
}

/** The longest list; but of what is long because of one text, the text. */
function partToCut({ omitted: _, ...output }: Readonly<Record<string, unknown>>): Part | undefined {
  const { list, text } = longestParts(output, leastText + mark.length);
  if (list === undefined || text === undefined) return list ?? text;
  return text.bytes * 2 >= list.bytes ? text : list;
}

/** A share of a list or text, and how much of it is missing where `missing` of it was already. */
function cut(value: Part['value'], share: number, missing: number) {
  const most = Math.floor(value.length * share);
  if (typeof value !== 'string') return { value: value.slice(0, most), missing: missing + value.length - most };
  const marked = missing > 0 ? mark.length : 0;
  const kept = clipText(value, Math.max(leastText, most - mark.length));
  return { value: `${kept}${mark}`, missing: missing + value.length - marked - kept.length };
}
