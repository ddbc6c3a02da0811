import { type OptionSpec, optionGroups } from '../src/command/options.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${cell(text)}\``;

/** Every setting, for docs/mcp.md. */
export const optionTable = (): string =>
  optionGroups
    .map(({ title, options }) =>
      [`**${title}**`, '', '| option | variable | meaning |', '| --- | --- | --- |', ...options.map(row)].join('\n'),
    )
    .join('\n\n');

function row({ name, variable, value, help }: OptionSpec): string {
  const option = name === undefined ? '' : code(value === undefined ? `--${name}` : `--${name} ${value}`);
  return `| ${option} | ${variable === undefined ? '' : code(variable)} | ${cell(help)} |`;
}

const marked = (name: string): RegExp => new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[\\s\\S]*?(<!-- end of ${name} -->)`);

/** Puts a table between its marks. Throws where the marks are missing. */
export function withTable(text: string, name: string, table: string): string {
  if (!marked(name).test(text)) throw new Error(`The marks of the table "${name}" are missing.`);
  return text.replace(marked(name), (_all, begin: string, end: string) => `${begin}${table}\n${end}`);
}

/** What stands between the marks. */
export const tableIn = (text: string, name: string): string =>
  marked(name).exec(text)?.[0].split('\n').slice(1, -1).join('\n') ?? '';
