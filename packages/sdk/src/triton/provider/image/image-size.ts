import { InvalidArgumentError, type SharedV4Warning } from '@ai-sdk/provider';
import type { Size } from '../../../image/geometry.ts';

/** Sides are multiples of this, by the sd3 contract. */
const step = 16;
const shortest = 64;
const longest = 2048;
/** What Stable Diffusion 3 was trained at. */
const bestPixels = 1024 * 1024;

const toStep = (side: number): number => Math.min(longest, Math.max(shortest, Math.round(side / step) * step));

/** The size to paint at, and what had to be changed for it. Default 1024 x 1024; a ratio keeps that area. */
export function paintingSize(
  size: string | undefined,
  aspectRatio: string | undefined,
): { readonly size: Size; readonly warnings: SharedV4Warning[] } {
  const warnings: SharedV4Warning[] = [];
  if (size !== undefined && aspectRatio !== undefined) {
    warnings.push({ type: 'unsupported', feature: 'aspectRatio', details: 'The size was given, and decides.' });
  }
  if (size === undefined) {
    const { width, height } = parsePair(aspectRatio ?? '1:1', ':', 'aspectRatio');
    const side = Math.sqrt(bestPixels / (width * height));
    return { size: { width: toStep(width * side), height: toStep(height * side) }, warnings };
  }
  const asked = parsePair(size, 'x', 'size');
  const given = { width: toStep(asked.width), height: toStep(asked.height) };
  if (given.width !== asked.width || given.height !== asked.height) {
    const details = `Sides are multiples of ${step} from ${shortest} to ${longest}: ${given.width}x${given.height} is painted.`;
    warnings.push({ type: 'compatibility', feature: 'size', details });
  }
  return { size: given, warnings };
}

function parsePair(text: string, separator: 'x' | ':', argument: string): Size {
  const match = /^(\d{1,5}(?:\.\d+)?)[x:](\d{1,5}(?:\.\d+)?)$/.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  if (text.includes(separator) && width > 0 && height > 0) return { width, height };
  throw new InvalidArgumentError({
    argument,
    message: `The ${argument} must be WIDTH${separator}HEIGHT, not "${text}".`,
  });
}
