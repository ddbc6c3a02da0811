import { hopes } from './wishes/hopes.ts';
import { inPlace } from './wishes/in-place.ts';
import { looks } from './wishes/looks.ts';
import { namedFirst } from './wishes/named-first.ts';
import { removals } from './wishes/removals.ts';
import type { Saying } from './wishes/saying.ts';
import { shorthand } from './wishes/shorthand.ts';

const sayings: readonly Saying[] = [...shorthand, ...removals, ...namedFirst, ...inPlace, ...looks];

/** Wishes in roundabout words as the orders that they mean: "a red ball where the cup is" replaces the cup. */
export const plainWishes = (text: string): string => saidSo(text, sayings);

/** Hopes, before the words of courtesy that they begin with are left out: "it would be nice if the cup were red". */
export const plainHopes = (text: string): string => saidSo(text, hopes);

const saidSo = (text: string, ways: readonly Saying[]): string =>
  ways.reduce((said, { pattern, as }) => said.replace(pattern, as), text);
