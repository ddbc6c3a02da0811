import { jsonrepair } from 'jsonrepair';

/**
 * The value that a text was meant to be, or undefined. Quotes, commas, comments, fences and words around an object are mended.
 * A text that breaks off is not: what is missing may be what matters, such as the end of "the red cup on the left".
 */
export function readBrokenJson(text: string): unknown {
  const trimmed = withoutFence(text).trim();
  if (trimmed === '') return {};
  const whole = parse(trimmed);
  if (whole !== undefined) return whole;
  const start = trimmed.search(/[{[]/);
  const body = start < 0 ? '' : trimmed.slice(start).replace(/[;,\s]+$/, '');
  if (!/[}\]]$/.test(body)) return undefined;
  try {
    return parse(jsonrepair(body));
  } catch {
    return undefined;
  }
}

const withoutFence = (text: string): string => /```\w*\s*\n?([\s\S]*?)```/.exec(text)?.[1] ?? text;

function parse(text: string): unknown {
  try {
    // Keys that would reach an object's prototype have no place in a tool's input.
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    return undefined;
  }
}
