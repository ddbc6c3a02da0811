// Generated from the files in this folder by scripts/generate-operations.ts: do not edit.
import type { AdjustOperation } from '../operation.ts';
import { blur } from './blur.ts';
import { brighten } from './brighten.ts';
import { clear } from './clear.ts';
import { fill } from './fill.ts';
import { pixelate } from './pixelate.ts';
import { recolour } from './recolour.ts';

/** Every adjustment there is, by name. */
export const adjustOperations: readonly AdjustOperation[] = [blur, brighten, clear, fill, pixelate, recolour];
