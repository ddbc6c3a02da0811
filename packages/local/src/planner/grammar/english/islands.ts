import { question } from '../../intents/ask.ts';
import type { Intent } from '../../intents/intent.ts';
import { anyContext } from '../context.ts';
import { cut } from '../cut.ts';
import { leadingVerb } from '../english-verbs.ts';
import { isDetermined, nounPhrase } from '../frames/english-noun-phrase.ts';
import { pronoun, restates } from '../frames/english-thing.ts';
import { type Act, adjustment, type Frame } from '../frames/frame.ts';
import { readEnglishIsland } from '../frames/read-english-island.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { isChatter } from './chatter.ts';
import { declined } from './declined.ts';
import { faultIn, wantsMending } from './faults.ts';
import { spokenOf } from './statements.ts';
import { complainedOf } from './topics.ts';
import { asksToAdd, isBeyond } from './unsupported.ts';

const joint =
  / ?(?:[;,](?!\d)|\.{2,}|…|:(?=\s)|\.(?= )| [-–—]+(?= )|[()]|(?<=\w)[!?]+(?= ))+ ?(?:(?:and then|and also|and please|and|then|but then|but|after that|afterwards|plus|or|so|because|since|as)(?= ) )?| (?:and then|and also|and afterwards|and after that|and|then|after that|but|&|\+|n|plus|because|so that|so(?= (?:i|we|it|that|the|you|please|remove|get|take|blur|crop|can|could)\b)|cause|even though|although|though|whereas|which (?:is|was|are|has|makes?|looks?)(?= )|since (?=i |we |it |he |she |they |the )|while you're at it,?|once (?:you have them|that's done|done|you're done),?) /gi;

/** Characters. */
const longest = 400;
const corrected = /\b(?:no,? wait|wait,? no|scratch that|i meant?|or rather)\b/i;

interface Piece {
  readonly joint: string;
  readonly text: string;
}

/** The parts of a sentence by the signs of what is asked for: words without one are let go, a sign without sense is not. */
export function islandParts(sentence: string): readonly Part[] {
  // Who corrects himself, or talks on and on, is not guessed at.
  if (corrected.test(sentence) || sentence.length > longest) return [{ kind: 'request', text: sentence }];
  const pieces: readonly Piece[] = cut(sentence, joint).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const parts: Part[] = [];
  for (const [index, piece] of pieces.entries()) {
    const part = partOf(piece, pieces[index + 1], parts);
    const last = parts.at(-1);
    if (part.kind === 'request' && part.frame && last?.kind === 'request' && refines(piece, part.frame)) {
      if (last.frame) parts[parts.length - 1] = { ...last, frame: merged(last.frame, part.frame) };
    } else parts.push(part);
  }
  return parts;
}

const bareOf = (words: string): string => withoutPoliteness(words, 'en');

function partOf(piece: Piece, next: Piece | undefined, before: readonly Part[]): Part {
  const { text } = piece;
  const bare = bareOf(text);
  if (bare === '') return { kind: 'aside' };
  const kept = declined(text);
  if (kept !== undefined && !/^(?:undo|revert|take|put|bring|cancel)\b/i.test(bare)) {
    const thing = nounPhrase(kept);
    return { kind: 'declined', ...(thing === undefined ? {} : { thing }) };
  }
  if (wantsMending.test(bare)) return { kind: 'request', text };
  const rest = remainder.exec(bare);
  if (rest) {
    const crops = before.some(
      (part) => part.kind === 'request' && (part.frame?.act ?? actOf(part.text))?.kind === 'adjust',
    );
    return crops ? { kind: 'aside' } : { kind: 'request', text, frame: { act: adjustment('crop'), thing: 'it' } };
  }
  const heading = next !== undefined && /:/.test(next.joint) && before.length === 0;
  const fault = faultIn(bare);
  if (fault) return { kind: 'fault', ...fault };
  if (!isReason(piece)) {
    const wish = wishOf(piece, before);
    if (wish && !(heading && isOfWhole(wish))) return wish;
  }
  if (isBeyond(bare) && !isChatter(text)) return { kind: 'request', text };
  const thing = complainedOf(bare) ?? spokenOf(bare);
  return thing === undefined ? { kind: 'aside' } : { kind: 'topic', thing };
}

/** "crop the rest": says the other way round what was said of the thing that stays. */
const remainder =
  /^(?:crop|trim|cut|chop)(?: (?:out|off|away))? (?:(?:all )?the rest|everything else|all else|the surroundings|what's left)(?: (?:out|off|away))?$/i;

/** "because it is ugly", "since I moved": why, and nothing else. */
const isReason = ({ joint: before, text }: Piece): boolean =>
  (/\bso ?$/i.test(before) &&
    leadingVerb(bareOf(text)) === undefined &&
    !/^(?:please|can|could|would|just|then)\b/i.test(text.trim())) ||
  /\b(?:because|since|cause|though|although|whereas|so that|which (?:is|was|are|has|makes?|looks?))\b/i.test(before) ||
  /^(?:because|since|cos|coz|as (?:i|we|it)|though|although|so that|so (?:it|i|we|people|nobody|no one|they|she|he)\b|for (?:my|our|the|a|an|his|her)\b|in case\b)/i.test(
    text.trim(),
  );

function wishOf(piece: Piece, before: readonly Part[]): Extract<Part, { kind: 'request' }> | undefined {
  const { text } = piece;
  const bare = bareOf(text);
  const strict = read(bare, text);
  const names = strict.map(({ name }) => name);
  const loose = asksLoosely(text);
  const sign = loose ? readEnglishIsland(bare) : undefined;
  if (sign) return { kind: 'request', text, frame: 'frame' in sign ? sign.frame : { act: sign.act, thing: 'it' } };
  if (strict.length > 0 && !isChatter(text) && !names.includes('ask')) return { kind: 'request', text };
  if (names.includes('ask') && (/\?\s*$/.test(text) || !isChatter(text))) return { kind: 'request', text };
  if (isChatter(text)) return undefined;
  const island = readEnglishIsland(bare);
  if (island && 'frame' in island) return { kind: 'request', text, frame: island.frame };
  if (island) return { kind: 'request', text, frame: { act: island.act, thing: 'it' } };
  return continued(piece, before) ?? joined(piece, before);
}

/** "and that backpack": what an earlier message asked for, of another thing. */
function joined({ text }: Piece, before: readonly Part[]): Extract<Part, { kind: 'request' }> | undefined {
  const rest =
    /^(?:oh )?(?:and|also|plus|same (?:for|with)|ditto(?: for| with)?)(?: also| then| the same for)?,? (?<rest>.+)$/i.exec(
      text.trim(),
    )?.groups?.rest;
  const thing = rest === undefined || before.length > 0 ? undefined : nounPhrase(rest);
  return thing !== undefined && isDetermined(thing) ? { kind: 'request', text: `${thing} too` } : undefined;
}

/** "and that gull as well", "the spoon": what was asked for last, of another thing. */
function continued(
  { joint: before, text }: Piece,
  parts: readonly Part[],
): Extract<Part, { kind: 'request' }> | undefined {
  const last = parts.at(-1);
  if (ownDeed.test(bareOf(text))) return { kind: 'request', text };
  const thing = asksToAdd(bareOf(text)) ? undefined : nounPhrase(bareOf(text));
  if (last?.kind !== 'request' || thing === undefined || pronoun.test(thing) || restates.test(thing)) return undefined;
  if (!/\b(?:and|plus|n|or)\b|&|\+/i.test(before) && !isDetermined(thing)) return undefined;
  if (!isDetermined(thing) && /\b(?:all|just|only)\b/i.test(text)) return undefined;
  const act = last.frame?.act ?? actOf(last.text);
  return act && { kind: 'request', text, frame: { act, thing } };
}

/**
 * "remove the mug and make the sky bluer": another deed, which nobody understands, and not the mug's for the sky. "Get the
 * gull too" is the same one.
 */
const ownDeed =
  /^(?:make|turn|set|give|render|change|transform|convert|add|apply|move|rotate|flip|mirror|resize|enlarge|shrink|increase|decrease|raise|lower|boost|reduce) (?!.* (?:too|as well|also)[\s.!]*$)(?:the|that|this|those|these|my|our|his|her|its|their|all|both|every|everything)\b/i;

function actOf(text: string): Act | undefined {
  const island = readEnglishIsland(bareOf(text));
  if (!island) return undefined;
  return 'frame' in island ? island.frame.act : island.act;
}

/** "just a flat black patch" after "black it out": says more of the same deed. */
const refines = ({ joint: before, text }: Piece, frame: Frame): boolean =>
  frame.thing === 'it' &&
  !/\b(?:and|then|also|plus|but)\b/i.test(before) &&
  !/\b(?:it|them|him|her|this|that)\b/i.test(text) &&
  leadingVerb(bareOf(text)) === undefined;

function merged(last: Frame, more: Frame): Frame {
  if (last.act.kind !== 'adjust' || more.act.kind !== 'adjust') return last;
  if (last.act.operation === more.act.operation)
    return { ...last, act: { ...last.act, parameters: { ...last.act.parameters, ...more.act.parameters } } };
  return last;
}

/** "I'd like it moodier: ..." announces what follows. */
const isOfWhole = ({ frame, text }: Extract<Part, { kind: 'request' }>): boolean =>
  frame === undefined
    ? /\b(?:it|this|picture|photo|image)\b/i.test(text)
    : /^(?:it|this|the (?:picture|photo|image))$/i.test(frame.thing);

/** "thin black outline on it too?": a question by its mark alone. */
export const asksLoosely = (text: string): boolean => {
  if (!/\?\s*$/.test(text)) return false;
  const clause = { text: bareOf(text), verbatim: text, language: 'en' as const, context: anyContext };
  return question.read(clause).length === 0 && readClause(clause).some(({ name }) => name === 'ask');
};

const read = (bare: string, verbatim: string): readonly Intent[] =>
  readClause({ text: bare, verbatim, language: 'en', context: anyContext });
