import type { Command } from './commands/command.ts';
import { commonOptions, type OptionSpec } from './options.ts';
import { padEnd } from './terminal/width.ts';

const lineWidth = 88;

/** What `atelier --help` prints. */
export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, summary }): [string, string] => [`${name} ${usage}`, summary]);
  return [
    'Edit, question, search and cut out pictures. Runs on this machine: no key, no account, no network.',
    '',
    'Usage: atelier COMMAND PHOTO ... [options]',
    '',
    'Commands:',
    ...list(rows),
    '',
    'Options of every command:',
    ...list(commonOptions.map(optionRow)),
    '',
    'Exit codes: 0 done, 1 failed, 2 bad usage, 3 no backend can do it,',
    '            4 done but not verified, 130 interrupted',
    '',
    'More: atelier COMMAND --help, atelier --version',
  ].join('\n');
}

/** What `atelier COMMAND --help` prints. */
export function commandHelp({ name, usage, summary, about, options, examples }: Command): string {
  return [
    `${summary}.`,
    '',
    `Usage: atelier ${name} ${usage} [options]`,
    '',
    ...about.flatMap((paragraph) => [...wrap(paragraph, lineWidth), '']),
    'Options:',
    ...list([...options, ...commonOptions].map(optionRow)),
    '',
    'Examples:',
    ...examples.flatMap(({ line, does }) => [`  # ${does}`, `  ${line}`]),
  ].join('\n');
}

function optionRow({ name, short, value, help }: OptionSpec): [string, string] {
  return [`${short ? `-${short}, ` : '    '}--${name}${value === undefined ? '' : ` ${value}`}`, help];
}

/** Two columns, the second wrapped under itself. */
function list(rows: readonly [string, string][]): string[] {
  const column = Math.max(...rows.map(([term]) => term.length));
  return rows.flatMap(([term, text]) =>
    wrap(text, lineWidth - column - 4).map((line, index) => `  ${padEnd(index === 0 ? term : '', column)}  ${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] !== '' && lines[last].length + 1 + word.length > width) lines.push(word);
    else lines[last] += lines[last] === '' ? word : ` ${word}`;
  }
  return lines;
}
