import { WireError } from './wire-error.ts';

/**
 * What stands in for the literals that Triton writes and JSON does not have. As numbers they overflow, and no server
 * writes them so.
 */
const standIns: Readonly<Record<string, string>> = { NaN: '1e777777', Infinity: '1e888888', '-Infinity': '-1e888888' };
const meaning = new Map(Object.entries(standIns).map(([literal, source]) => [source, Number(literal)]));

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
// The third argument of revivers (ECMAScript 2026, in Node since 22) is not in the library types yet.
const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * Parses JSON as Triton writes it: integers beyond 2^53 become bigints instead of other numbers, and the bare literals
 * `NaN`, `Infinity` and `-Infinity` are taken. Throws `WireError`; its message holds nothing of the text.
 */
export function parseServerJson(text: string, what = 'The response'): unknown {
  try {
    // Reviving is slow, so only where a number may be too long for a double. Doubles have digits like this too.
    return /[0-9]{16}|[eE][+]?[0-9]{3}/.test(text) ? parseWith(text, exactly) : JSON.parse(text);
  } catch {
    return parseWithLiterals(text, what);
  }
}

function parseWithLiterals(text: string, what: string): unknown {
  try {
    const standing = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/gs, (token) => standIns[token] ?? token);
    return parseWith(standing, exactly);
  } catch {
    throw new WireError(`${what} is not JSON, or has numbers out of range.`);
  }
}

const exactly: Reviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || source === undefined) return value;
  if (!Number.isFinite(value)) {
    const literal = meaning.get(source);
    if (literal === undefined) throw new RangeError('a number beyond doubles');
    return literal;
  }
  return Number.isSafeInteger(value) || !/^-?[0-9]+$/.test(source) ? value : BigInt(source);
};
