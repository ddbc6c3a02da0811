import type { Command, CommandGroup } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { commandsOf } from './find-command.ts';
import { commonOptions, type OptionSpec } from './options.ts';
import { padEnd } from './terminal/width.ts';
import { wrap } from './terminal/wrap.ts';

const lineWidth = 88;

/** What `atelier --help` prints. */
export function generalHelp(): string {
  return [
    'Edit, question, search and cut out pictures. Runs on this machine: no key, no account, no network.',
    'Only --backend triton and --brain send pictures away, to the server or service that you name.',
    '',
    'Usage: atelier COMMAND ... [options]',
    '',
    'Commands:',
    ...list(commands.map(commandRow)),
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

/** What `atelier GROUP` prints. */
export function groupHelp(group: CommandGroup): string {
  return [
    `${group.summary}.`,
    '',
    `Usage: atelier ${group.name} COMMAND ... [options]`,
    '',
    ...group.about.flatMap((paragraph) => [...wrap(paragraph, lineWidth), '']),
    'Commands:',
    ...list(commandsOf(group).map(commandRow)),
    '',
    `More: atelier ${group.name} COMMAND --help`,
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

const commandRow = ({ name, usage, summary }: Command): [string, string] => [`${name} ${usage}`, summary];

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
