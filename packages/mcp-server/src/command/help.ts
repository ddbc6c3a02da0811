import { type OptionSpec, optionGroups } from './options.ts';

const width = 96;
const column = 28;

/** What `atelier-mcp --help` prints. */
export const helpText = (): string =>
  [
    'Serves Atelier to MCP hosts: look at pictures, find and cut out things, edit only them, undo.',
    'Runs on this machine; only --backend, --brain and --api send pictures away, to what you name.',
    '',
    'Usage: atelier-mcp [options] [DIR...]',
    '',
    ...optionGroups.flatMap(({ title, options }) => [
      `${title}:`,
      ...options.flatMap((option: OptionSpec) => rowsOf(option)),
      '',
    ]),
    'Each option may be given by the variable behind it instead; switches then say on or off.',
    'Exit codes: 0 the host has ended the session, 1 failed, 2 bad usage.',
    '',
    'Examples:',
    '  atelier-mcp --root ~/Pictures --output ~/Pictures/edited',
    '  atelier-mcp --http --port 3333',
    '',
    '  -h, --help, -V, --version',
  ].join('\n');

function rowsOf({ name, variable, value, help }: OptionSpec): string[] {
  const said = name === undefined ? `${variable}=${value}` : `--${name}${value === undefined ? '' : ` ${value}`}`;
  const lines = wrap(name === undefined || variable === undefined ? help : `${help} [${variable}]`, width - column - 4);
  const [first = '', ...rest] = lines;
  const indented = (line: string) => `  ${' '.repeat(column)}  ${line}`;
  if (said.length > column) return [`  ${said}`, ...lines.map(indented)];
  return [`  ${said.padEnd(column)}  ${first}`, ...rest.map(indented)];
}

function wrap(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '' || line.length + 1 + word.length <= most)
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
