/** A list or a text inside an output. */
export interface Part {
  /** Names and places that lead to it. */
  readonly path: readonly string[];
  readonly value: string | readonly unknown[];
  /** What its JSON takes. */
  readonly bytes: number;
}

export interface LongestParts {
  readonly list: Part | undefined;
  readonly text: Part | undefined;
}

/** The longest list that is not empty, and the longest text of more than `leastText` characters. */
export function longestParts(output: object, leastText: number): LongestParts {
  let [list, text]: [Part | undefined, Part | undefined] = [undefined, undefined];
  for (const { path, value } of within(output, [])) {
    const isText = typeof value === 'string';
    if (value.length <= (isText ? leastText : 0)) continue;
    const part = { path, value, bytes: Buffer.byteLength(JSON.stringify(value)) };
    if (isText) text = longer(part, text);
    else list = longer(part, list);
  }
  return { list, text };
}

const longer = (part: Part, than: Part | undefined): Part =>
  than === undefined || part.bytes > than.bytes ? part : than;

function* within(value: unknown, path: readonly string[]): Generator<Omit<Part, 'bytes'>> {
  if (typeof value === 'string' || Array.isArray(value)) yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) yield* within(inner, [...path, name]);
}

/** The output with another value at a path. */
export function withPart(
  output: Readonly<Record<string, unknown>>,
  [name = '', ...path]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  return { ...output, [name]: replaced(output[name], path, value) };
}

function replaced(old: unknown, [name, ...path]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(old)) {
    return old.map((item, index) => (String(index) === name ? replaced(item, path, value) : item));
  }
  const entries = typeof old === 'object' && old !== null ? { ...old } : {};
  return withPart(entries, [name, ...path], value);
}
