import type { Command, CommandGroup } from './commands/command.ts';
import { commands, groups } from './commands/index.ts';
import { suggest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** What the first words of a command line name, and the arguments behind them. */
export type Found =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly group: CommandGroup; readonly rest: readonly string[] };

/** The command, or the group where no command of it is named. Throws `UsageError`, with a suggestion for a misspelt name. */
export function findCommand(argv: readonly string[]): Found {
  const [first = '', second, ...others] = argv;
  const group = groups.find(({ name }) => name === first);
  if (!group) return { command: commandNamed(first, topLevel), rest: argv.slice(1) };
  if (second === undefined || ['help', '--help', '-h'].includes(second)) return { group, rest: others };
  const members = commandsOf(group).map(({ name }) => name);
  return { command: commandNamed(`${first} ${second}`, members), rest: others };
}

export const commandsOf = (group: CommandGroup): readonly Command[] =>
  commands.filter(({ name }) => name.startsWith(`${group.name} `));

const topLevel = [
  ...commands.map(({ name }) => name).filter((name) => !name.includes(' ')),
  ...groups.map(({ name }) => name),
];

function commandNamed(name: string, known: readonly string[]): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  // Only the word that is wrong counts: a group's own would make every command of it look alike.
  const word = name.split(' ').at(-1) ?? '';
  const group = name.slice(0, name.length - word.length);
  const close = suggest(
    word,
    known.map((full) => full.slice(group.length)),
  );
  const meant = close === undefined ? undefined : group + close;
  throw new UsageError(
    word.startsWith('-') ? `there is no option ${word}${placeOf(name)}` : `there is no command "${name}"`,
    meant ? `did you mean "${meant}"?` : `the commands are ${known.join(', ')}; see atelier --help`,
  );
}

/** An option where the second word of a name was due. */
const placeOf = (name: string): string => (name.includes(' ') ? ` of "${name.split(' ')[0]}" itself` : '');
