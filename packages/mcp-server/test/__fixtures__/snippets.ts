import { readFileSync } from 'node:fs';

/** A block of code in a manual. */
export interface Snippet {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** How a host is told to start or reach the server. */
export interface HostEntry {
  readonly name: string;
  readonly command?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly url?: string | undefined;
}

/** Blocks in lists and in folded parts, too. */
export function snippetsOf(file: string): Snippet[] {
  const lines = readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8').split('\n');
  const found: Snippet[] = [];
  let open: { line: number; language: string; indent: number; lines: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    const fence = /^( *)```(\w*)$/.exec(line);
    if (fence && open === undefined)
      open = { line: index + 1, language: fence[2] ?? '', indent: fence[1]?.length ?? 0, lines: [] };
    else if (fence && open) {
      found.push({ file, line: open.line, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else open?.lines.push(line.slice(open.indent));
  }
  if (open) throw new Error(`${file}:${open.line}: the block does not end`);
  return found;
}

/** The words of a command line as a shell has them; what it would put in place of `$(...)` and `~` stays as it is. */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  for (const [, part] of line.matchAll(/((?:"[^"]*"|'[^']*'|[^\s"'])+)/g)) {
    words.push(
      (part ?? '').replace(/"([^"]*)"|'([^']*)'/g, (_all, double?: string, single?: string) => double ?? single ?? ''),
    );
  }
  return words;
}

/** What stands before the command, as `NAME=value`, and the rest. */
export function splitEnvironment(words: readonly string[]): { env: Record<string, string>; rest: readonly string[] } {
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const pairs = words
    .slice(0, first)
    .map((word): [string, string] => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]);
  return { env: Object.fromEntries(pairs), rest: words.slice(first) };
}
