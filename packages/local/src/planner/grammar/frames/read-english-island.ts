import { takeAmount } from './english-amount.ts';
import { englishCues } from './english-cues.ts';
import { looseCues } from './english-loose-cues.ts';
import { nounPhrase, nounPhraseBefore } from './english-noun-phrase.ts';
import { trimEnglish } from './english-trim.ts';
import type { Act, Cue, Frame } from './frame.ts';

/** What a clause asks for by its surest sign, with the thing that is named beside it; all other words are let go. */
export type Island = { readonly frame: Frame } | { readonly act: Act };

/** Reads a clause by its signs alone. Undefined where it holds none; `act` alone where nothing is named. */
export function readEnglishIsland(text: string): Island | undefined {
  let bare: Act | undefined;
  for (const cue of [...englishCues, ...looseCues]) {
    const found = withCue(text, cue);
    if (!found) continue;
    if (found.thing !== '') return { frame: found };
    bare ??= found.act;
  }
  return bare && { act: bare };
}

function withCue(clause: string, { pattern, act: actOf }: Cue): Frame | undefined {
  const match = pattern.exec(clause);
  const act = match && actOf(match.groups ?? {});
  if (!match || !act) return undefined;
  const before = clause.slice(0, match.index);
  const after = clause.slice(match.index + match[0].length);
  const within = match.groups?.thing ?? '';
  const amount = act.kind === 'adjust' && act.operation !== 'outline' ? takeAmount(` ${clause} `).amount : undefined;
  const plain = (side: string): string => (act.kind === 'adjust' ? takeAmount(`${side} `).rest : side);
  const thing =
    nounPhrase(plain(within)) ?? nounPhrase(plain(after)) ?? nounPhraseBefore(plain(trimEnglish(before))) ?? '';
  return { act: cleaned(amount === undefined ? act : withAmount(act, amount)), thing };
}

function withAmount(act: Act, amount: number): Act {
  if (act.kind !== 'adjust' || act.operation !== 'brighten') return act;
  const sign = Number(act.parameters.amount) < 0 ? -1 : 1;
  return { ...act, parameters: { ...act.parameters, amount: sign * amount } };
}

/** What is to be painted ends where the talking goes on. */
const cleaned = (act: Act): Act =>
  act.kind === 'replace'
    ? {
        ...act,
        prompt: act.prompt
          .replace(
            /,? (?:please|pls|would you|will you|could you|instead|for me|thanks|if you (?:can|could|would)).*$/i,
            '',
          )
          .replace(/,? (?:because|so (?:that|it|i|we)|since|as (?:i|we|it)|i think|don't you).*$/i, '')
          .trim(),
      }
    : act;
