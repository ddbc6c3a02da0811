import type { ProtectInput } from '@atelier/sdk';
import { suggest } from './suggest.ts';
import { printable } from './terminal/printable.ts';
import { UsageError } from './usage-error.ts';

const example = 'for example --protect faces,text,10,20,300,80 or --protect "phrase:the logo"';
const number = /^-?(\d+\.?\d*|\.\d+)$/;

/**
 * What `--protect` says: `faces`, `text`, boxes `x,y,w,h` in pixels and `phrase:WORDS`, with commas; none for `none`, which
 * lifts what a session protects. Undefined where the option was not given. Throws `UsageError`.
 */
export function readProtect(written: readonly string[]): readonly ProtectInput[] | undefined {
  if (written.length === 0) return undefined;
  const rules: ProtectInput[] = [];
  const parts = written.flatMap((value) => value.split(',').map((part) => part.trim()));
  if (parts.length === 1 && parts[0] === 'none') return [];
  for (let at = 0; at < parts.length; at++) {
    if (number.test(parts[at])) {
      rules.push(readBoxAt(parts, at));
      at += 3;
    } else rules.push(readWord(parts[at]));
  }
  return rules;
}

function readBoxAt(parts: readonly string[], at: number): ProtectInput {
  const box = parts.slice(at, at + 4);
  if (box.length < 4 || !box.every((part) => number.test(part))) {
    throw new UsageError(`a box of --protect has 4 numbers, not "${box.map(printable).join(',')}"`, example);
  }
  const [x, y, width, height] = box.map(Number);
  if (width <= 0 || height <= 0) throw new UsageError(`the box ${box.join(',')} of --protect has no area`, example);
  return { x, y, width, height };
}

function readWord(word: string): ProtectInput {
  if (word === 'faces' || word === 'text') return word;
  if (word.startsWith('phrase:')) {
    const phrase = word.slice('phrase:'.length).trim();
    if (phrase !== '') return { phrase };
    throw new UsageError('phrase: of --protect names nothing', example);
  }
  if (word === '') throw new UsageError('--protect has an empty part', example);
  if (word === 'none') throw new UsageError('--protect none stands alone', example);
  const meant = suggest(word, ['faces', 'text', 'none']);
  throw new UsageError(
    `--protect takes faces, text, a box and phrase:WORDS, not "${printable(word)}"`,
    meant ? `did you mean ${meant}?` : `to protect a thing: --protect "phrase:${printable(word)}"`,
  );
}
