import { takeAmount } from './english-amount.ts';
import { englishCues } from './english-cues.ts';
import { isThing, pronoun } from './english-thing.ts';
import { trimEnglish, withoutReason } from './english-trim.ts';
import type { Act, Frame } from './frame.ts';

/**
 * Reads a clause by its signs: the first that is found, where all other words are a thing's name or ask for nothing
 * ("the name badge needs to be made unreadable"). Empty where words are left over that are neither.
 */
export function readEnglishFrame(text: string): Frame | undefined {
  for (const clause of new Set([text, withoutReason(text)])) {
    for (const cue of englishCues) {
      const frame = withCue(clause, cue);
      if (frame) return frame;
    }
  }
  return undefined;
}

function withCue(clause: string, { pattern, act: actOf }: (typeof englishCues)[number]): Frame | undefined {
  const match = pattern.exec(clause);
  const act = match && actOf(match.groups ?? {});
  if (!match || !act) return undefined;
  const before = clause.slice(0, match.index);
  const after = clause.slice(match.index + match[0].length);
  const measured = isMeasured(act);
  const sides = [before, match.groups?.thing ?? '', after].map((side) => {
    const { amount, rest } = measured ? takeAmount(side) : { amount: undefined, rest: side };
    return { amount, rest: trimEnglish(rest) };
  });
  const named = sides.map(({ rest }) => rest).filter((rest) => rest !== '');
  if (named.length > 1) return undefined;
  const [thing = ''] = named;
  if (thing !== '' && !pronoun.test(thing) && !isThing(thing)) return undefined;
  const amount = sides.find((side) => side.amount !== undefined)?.amount;
  return { act: amount === undefined ? act : withAmount(act, amount), thing };
}

const isMeasured = (act: Act): boolean => act.kind === 'adjust' && act.operation !== 'outline';

function withAmount(act: Act, amount: number): Act {
  if (act.kind !== 'adjust' || act.operation !== 'brighten') return act;
  const sign = Number(act.parameters.amount) < 0 ? -1 : 1;
  return { ...act, parameters: { ...act.parameters, amount: sign * amount } };
}
