/** Results come from outside: every field is looked at before it is used. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const listOf = <T>(value: unknown, read: (entry: unknown) => T | undefined): readonly T[] =>
  Array.isArray(value) ? value.map(read).filter((entry) => entry !== undefined) : [];

/** Pixels of the whole picture, origin top-left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxOf(value: unknown): Box | undefined {
  if (!isRecord(value)) return undefined;
  const [x, y, width, height] = [value.x, value.y, value.width, value.height].map(numberOf);
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
