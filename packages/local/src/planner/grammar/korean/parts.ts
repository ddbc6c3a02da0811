import type { Context } from '../context.ts';
import type { Part } from '../part.ts';
import { clausesOf } from '../read-korean.ts';

export const koreanParts = (sentence: string, _context: Context): readonly Part[] | undefined =>
  clausesOf(sentence).map((text) => ({ kind: 'request', text }));
