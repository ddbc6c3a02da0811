/** An output that fits, and its JSON. */
export interface FittedOutput {
  readonly output: Readonly<Record<string, unknown>>;
  readonly json: string;
}

/**
 * Cuts the longest lists of an output until it takes less than half of `mostBytes` (it is said twice: as structured content and
 * as text). A cut output says in `omitted` how many entries are missing, by list. Lists come with the best first.
 */
export function fitOutput(output: Readonly<Record<string, unknown>>, mostBytes: number): FittedOutput {
  let fitted = output;
  let json = JSON.stringify(fitted);
  const omitted: Record<string, number> = {};
  while (Buffer.byteLength(json) * 2 > mostBytes) {
    const longest = longestList(fitted);
    if (longest === undefined) break;
    const [name, list] = longest;
    const kept = list.slice(0, Math.floor(list.length / 2));
    omitted[name] = (omitted[name] ?? 0) + list.length - kept.length;
    fitted = { ...fitted, [name]: kept, omitted: { ...omitted } };
    json = JSON.stringify(fitted);
  }
  return { output: fitted, json };
}

function longestList(output: Readonly<Record<string, unknown>>): [string, readonly unknown[]] | undefined {
  const lists = Object.entries(output).flatMap(([name, value]): [string, readonly unknown[]][] =>
    Array.isArray(value) && value.length > 0 ? [[name, value]] : [],
  );
  return lists.sort(([, a], [, b]) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
}
