import { toolDefinitions } from '@atelier/sdk';
import type { EvalRow } from './eval-row.ts';

/** A row, and the tool that came first; undefined where none did. */
export interface Answered {
  readonly row: EvalRow;
  readonly tool: string | undefined;
  /** The first that changes or makes something, where that is known: finding a thing before it is edited is right only where the right edit follows. */
  readonly work?: string | undefined;
  /** Why there is none. */
  readonly failure?: string | undefined;
}

const looks: ReadonlySet<string> = new Set(
  toolDefinitions.filter(({ annotations }) => annotations.readOnlyHint).map(({ name }) => name),
);

/** One of the tools that may come first did, and what is done after looking, if anything, is right as well. */
export const isRight = ({ row: { first, afterLooking = [] }, tool, work }: Answered): boolean => {
  if (tool === undefined || !first.includes(tool)) return false;
  return work === undefined || [...first, ...afterLooking].some((name) => name === work && !looks.has(name));
};

/** The table's sums, and a few lines for each miss. */
export function report(name: string, answered: readonly Answered[]): string {
  const misses = answered.filter((answer) => !isRight(answer));
  const sum = (language: EvalRow['language']): string => {
    const some = answered.filter(({ row }) => row.language === language);
    return `${language} ${some.filter(isRight).length}/${some.length}`;
  };
  const right = answered.length - misses.length;
  return [`${name}: ${right} of ${answered.length} right (${sum('en')}, ${sum('ko')})`, ...misses.map(describe)].join(
    '\n',
  );
}

function describe({ row, tool = 'none', work, failure }: Answered): string {
  const came = [tool, ...(work === undefined || work === tool ? [] : [`then ${work}`])].join(', ');
  const why = failure === undefined ? '' : ` (${failure})`;
  return `  ${row.id}: ${row.request}\n    came: ${came}${why}; should: ${row.first.join(', ')}`;
}
