import { parseArgs } from 'node:util';
import { allOptions, type OptionName, type OptionSpec, type VariableName } from './options.ts';
import { printable } from './printable.ts';
import { suggest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value, and what it was given as: `--root` or `ATELIER_MCP_ROOTS`. */
export interface GivenValue {
  readonly value: string;
  readonly from: string;
}

const named = allOptions.filter((spec): spec is OptionSpec & { readonly name: string } => spec.name !== undefined);
const flags = [...named.map(({ name }) => `--${name}`), '--help', '--version'];

/** Variables as they count: a host that has nothing to put into a bundle's setting passes an empty text, or the placeholder itself. */
export const givenVariables = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() && !isPlaceholder(value)));

const isPlaceholder = (text: string): boolean => /^\$\{user_config\.[\w.-]+\}$/.test(text.trim());

/** What was written on the command line, and in the environment where that says nothing; checked for form but not for sense. */
export class Given {
  readonly env: Environment;
  /** Bare words: folders. */
  readonly folders: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;
  readonly #pathSeparator: string;

  private constructor(
    env: Environment,
    folders: readonly string[],
    values: ReadonlyMap<string, readonly string[]>,
    pathSeparator: string,
  ) {
    this.env = env;
    this.folders = folders;
    this.#values = values;
    this.#pathSeparator = pathSeparator;
  }

  /** Throws `UsageError`, with a suggestion for a misspelt option. @param pathSeparator of lists of paths in variables */
  static read(argv: readonly string[], env: Environment, pathSeparator: string): Given {
    const { tokens } = parseArgs({
      args: argv.filter((word) => !isPlaceholder(word)),
      strict: false,
      allowPositionals: true,
      tokens: true,
      options: {
        ...Object.fromEntries(named.map(({ name, value }) => [name, { type: value ? 'string' : 'boolean' }])),
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'V' },
      },
    });
    const folders: string[] = [];
    const values = new Map<string, readonly string[]>();
    for (const token of tokens) {
      if (token.kind === 'positional') folders.push(token.value);
      if (token.kind !== 'option') continue;
      values.set(token.name, [...(values.get(token.name) ?? []), checked(token, values.has(token.name))]);
    }
    return new Given(givenVariables(env), folders, values, pathSeparator);
  }

  /** Whether a switch is on. */
  isOn(name: OptionName | 'help' | 'version'): boolean {
    if (this.#values.has(name)) return true;
    const spec = named.find((option) => option.name === name);
    const written = spec?.variable === undefined ? undefined : this.env[spec.variable];
    return written !== undefined && isYes(written, spec?.variable ?? name);
  }

  /** Whether it stands on the command line itself. */
  isWritten(name: OptionName): boolean {
    return this.#values.has(name);
  }

  one(name: OptionName): GivenValue | undefined {
    return this.all(name).at(-1);
  }

  all(name: OptionName): readonly GivenValue[] {
    const written = this.#values.get(name);
    if (written) return written.map((value) => ({ value, from: `--${name}` }));
    const spec = named.find((option) => option.name === name);
    const variable = spec?.variable;
    const text = variable === undefined ? undefined : this.env[variable];
    if (variable === undefined || text === undefined) return [];
    const parts = spec?.multiple ? text.split(spec.isPath ? this.#pathSeparator : ',') : [text];
    return parts.map((part) => ({ value: part.trim(), from: variable })).filter(({ value }) => value !== '');
  }

  /** A setting that is only ever a variable. */
  variable(name: VariableName): string | undefined {
    return this.env[name]?.trim();
  }
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

/** The value of an option of ours; empty for a switch. */
function checked({ name, rawName, value }: OptionToken, isRepeated: boolean): string {
  if (!flags.includes(`--${name}`)) throw unknownOption(rawName);
  const spec = named.find((option) => option.name === name);
  if (spec?.value === undefined) {
    if (value === undefined) return '';
    throw new UsageError(`${rawName} takes no value`, `write ${rawName} alone`);
  }
  if (value === undefined || value.trim() === '') {
    throw new UsageError(`${rawName} needs a value: ${rawName} ${spec.value}`);
  }
  // "--root --http" is a forgotten value far more often than a folder of that name.
  if (/^-[a-z-]/i.test(value)) {
    throw new UsageError(`${rawName} needs a value, and "${printable(value)}" looks like an option`);
  }
  if (isRepeated && !spec.multiple) throw new UsageError(`${rawName} was given twice`);
  return value;
}

function unknownOption(written: string): UsageError {
  const meant = written.startsWith('--') ? suggest(written, flags) : undefined;
  return new UsageError(
    `there is no option ${printable(written)}`,
    meant === undefined ? 'see --help for the options' : `did you mean ${meant}?`,
  );
}

/** `on` or `off`; bundles say `true` and `false`. Throws `UsageError`. */
export function isYes(written: string, from: string): boolean {
  if (/^(on|true|yes|1)$/i.test(written.trim())) return true;
  if (/^(off|false|no|0)$/i.test(written.trim())) return false;
  throw new UsageError(`${from} must be on or off, not "${printable(written)}"`);
}
