// Generated from the files in this folder by scripts/generate-operations.ts: do not edit.
import type { AdjustOperation } from '../operation.ts';
import { blur } from './blur.ts';
import { brighten } from './brighten.ts';
import { clear } from './clear.ts';
import { crop } from './crop.ts';
import { desaturate } from './desaturate.ts';
import { fill } from './fill.ts';
import { outline } from './outline.ts';
import { pixelate } from './pixelate.ts';
import { recolour } from './recolour.ts';
import { sharpen } from './sharpen.ts';
import { straighten } from './straighten.ts';

/** Every adjustment there is, by name. */
export const adjustOperations: readonly AdjustOperation[] = [
  blur,
  brighten,
  clear,
  crop,
  desaturate,
  fill,
  outline,
  pixelate,
  recolour,
  sharpen,
  straighten,
];
