import { parseArgs } from 'node:util';
import { suggest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** One option as help shows it and the parser takes it. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Name of the value in help (`FILE`); left out for a switch. */
  readonly value?: string;
  /** Given any number of times. */
  readonly multiple?: boolean;
  readonly help: string;
}

/** What was written on the command line, checked for form but not for sense. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The value of an option; the last one where it was repeated. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/** Options that every command takes. */
export const commonOptions: readonly OptionSpec[] = [
  { name: 'json', help: 'Print one JSON object on standard output' },
  { name: 'lang', value: 'ko|en', help: 'Language of messages and answers (default: that of the request)' },
  { name: 'quiet', short: 'q', help: 'No progress on standard error' },
  { name: 'help', short: 'h', help: 'Show this help' },
];

/** Reads the arguments after the command's name. Throws `UsageError`, with a suggestion for a misspelt option. */
export function readArguments(argv: readonly string[], specs: readonly OptionSpec[]): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      specs.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short ? { short } : {}) },
      ]),
    ),
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = specs.find(({ name }) => name === token.name);
    if (!spec) throw unknownOption(token.rawName, specs);
    checkValue(spec, token.rawName, token.value);
    if (values.has(spec.name) && spec.value !== undefined && !spec.multiple) {
      throw new UsageError(`${token.rawName} was given twice`);
    }
    values.set(spec.name, [...(values.get(spec.name) ?? []), token.value ?? '']);
  }
  return new Arguments(positionals, values);
}

function checkValue(spec: OptionSpec, written: string, value: string | undefined): void {
  if (spec.value === undefined && value !== undefined) {
    throw new UsageError(`${written} takes no value`, `write ${written} alone`);
  }
  if (spec.value === undefined) return;
  if (value === undefined || value === '') throw new UsageError(`${written} needs a value: ${written} ${spec.value}`);
  // "-o --json" is a forgotten value far more often than a file of that name; "-o=--json" says that it is meant.
  if (/^-[a-z-]/i.test(value)) {
    throw new UsageError(
      `${written} needs a value, and "${value}" looks like an option`,
      `write ${written} ./${value} if it is meant`,
    );
  }
}

function unknownOption(written: string, specs: readonly OptionSpec[]): UsageError {
  const known = specs.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  const meant = written.startsWith('--') ? suggest(written, known) : undefined;
  return new UsageError(
    `there is no option ${written}`,
    meant ? `did you mean ${meant}?` : 'see --help for the options',
  );
}
