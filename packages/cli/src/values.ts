import type { Box, Point } from '@atelier/sdk';
import { UsageError } from './usage-error.ts';

/** `x,y,w,h` in pixels. Only its form is checked: whether it has an area inside the picture is for the picture to say. */
export function readBox(written: string): Box {
  const [x, y, width, height] = readNumbers(
    written,
    4,
    '--box',
    '165,21,245,238 (left, top, width and height in pixels)',
  );
  return { x, y, width, height };
}

/** `x,y` in pixels. */
export function readPoint(written: string, option: string): Point {
  const [x, y] = readNumbers(written, 2, option, '280,120 (pixels from the left and the top)');
  return { x, y };
}

/** A number from 0 to 1. */
export function readThreshold(written: string): number {
  const value = toNumber(written);
  if (value === undefined || value < 0 || value > 1) {
    throw new UsageError(`--threshold must be a number from 0 to 1, not "${written}"`, 'for example --threshold 0.4');
  }
  return value;
}

/** The number of a candidate, from 1. */
export function readChoice(written: string): number {
  if (!/^[1-9]\d{0,5}$/.test(written.trim())) {
    throw new UsageError(`--choice must be the number of a candidate, not "${written}"`, 'for example --choice 2');
  }
  return Number(written);
}

/** A whole number from 1. @param option with its dashes */
export function readCount(written: string, option: string, most: number): number {
  const count = /^[1-9]\d{0,8}$/.test(written.trim()) ? Number(written) : 0;
  if (count >= 1 && count <= most) return count;
  throw new UsageError(`${option} must be a whole number from 1 to ${most}, not "${written}"`);
}

/** Seconds above 0. @param option with its dashes */
export function readSeconds(written: string, option: string): number {
  const value = toNumber(written);
  if (value !== undefined && value > 0) return value;
  throw new UsageError(`${option} must be seconds above 0, not "${written}"`, `for example ${option} 120`);
}

/** Which calls wait for a person's yes. */
export function readApproval(written: string): 'edits' | 'never' {
  if (written === 'edits' || written === 'never') return written;
  throw new UsageError(`--approve must be edits or never, not "${written}"`);
}

function readNumbers(written: string, count: number, option: string, example: string): number[] {
  const numbers = written.split(',').flatMap((part) => toNumber(part) ?? []);
  if (numbers.length === count && written.split(',').length === count) return numbers;
  throw new UsageError(
    `${option} must be ${count} numbers with commas, not "${written}"`,
    `for example ${option} ${example}`,
  );
}

function toNumber(written: string): number | undefined {
  return /^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(written) ? Number(written) : undefined;
}
