import { anyContext, type Context } from '../context.ts';
import { beginsRequest } from '../english-verbs.ts';
import { pronoun } from '../frames/english-thing.ts';
import type { Part, ReadPremise } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { clausesOf, isUnderstood } from './clauses.ts';
import { englishCondition } from './conditions.ts';
import { partsOf } from './read-sentence.ts';

const polite =
  "(?! (?:you (?:can|could|don't mind|would|like|please|wouldn't mind|must|know|get a (?:chance|moment))(?= *(?:$|[,.!?]))|possible|that's (?:ok|okay|all right|alright|possible)|it's (?:ok|okay|possible|not too|no (?:trouble|bother))|i may|not too|at all possible))";
const marker = new RegExp(
  `(?:^|[,;:.!?…)-]* *)(?:\\b(?:and|but|or|so|then|now|right|ok|well|only|but only)\\b,? )*(?<!\\b(?:tell me|tell us|see|check|know|wonder|wondering|ask|say|sure|look|as|even|find out|what|nothing|anything|everything|everyone|everybody|someone|somebody|something|nobody|anybody|anyone|all|somewhere) )\\b(?<mark>if${polite}(?! (?:i|we)\\b(?! (?:see|find|spot|have)\\b))|unless|should (?=there|you (?:see|find|spot))|in case(?= there)|in case(?= (?:you (?:see|find|spot)|an?|any)\\b)|on the off[- ]chance(?: that)?|in the event(?: that)?|on (?:the )?condition(?: that)?|provid(?:ed|ing)(?: that)?|assuming(?: that)?|suppos(?:e|ing)(?: that)?|given that|(?:as|so) long as|when(?:ever)?(?= (?:there(?:'s| is| are)|you (?:see|find|spot)))|wherever(?= (?:you|there))|otherwise|or else|else(?=[ ,])|in which case|in that case)\\b`,
  'gi',
);

interface Block {
  /** How it begins, in lower case; empty for what comes before any condition. */
  readonly mark: string;
  readonly text: string;
}

function blocksOf(sentence: string): readonly Block[] {
  const blocks: Block[] = [];
  let [mark, start] = ['', 0];
  for (const match of sentence.matchAll(marker)) {
    blocks.push({ mark, text: sentence.slice(start, match.index) });
    mark = match.groups?.mark.trim().toLowerCase() ?? '';
    start = match.index + match[0].length;
  }
  blocks.push({ mark, text: sentence.slice(start) });
  return blocks.filter(({ mark: found, text }) => found !== '' || text.trim() !== '');
}

/** Cuts a sentence into its parts, conditions and all. Undefined where a condition makes no sense. */
export function readBlocks(sentence: string, context: Context): readonly Part[] | undefined {
  const parts: Part[] = [];
  let now = context;
  for (const { mark, text } of blocksOf(sentence)) {
    const read = readBlock(mark, text, parts, now);
    if (!read) return undefined;
    parts.push(...read);
    const spoken = thingSpokenOf(read);
    if (spoken !== undefined) now = { ...now, it: spoken, one: spoken };
  }
  return parts;
}

/** "get rid of the ball if it's red": what a condition may take up. */
export function thingSpokenOf(parts: readonly Part[]): string | undefined {
  const last = parts.findLast(({ kind }) => kind === 'topic' || kind === 'request');
  if (last?.kind === 'topic') return last.thing;
  if (last?.kind !== 'request') return undefined;
  const thing =
    last.frame?.thing ??
    readClause({ text: withoutPoliteness(last.text, 'en'), verbatim: last.text, language: 'en', context: {} })
      .at(-1)
      ?.steps.findLast(({ target }) => target !== undefined)?.target;
  return thing === undefined || thing === '' || pronoun.test(thing) ? undefined : thing;
}

/** "if there's nobody, crop it, otherwise blur him": the other case is the one in which somebody is there. */
function lastHolds(parts: readonly Part[]): boolean {
  const last = parts.findLast(({ kind }) => kind === 'premise' || kind === 'afterthought');
  return last?.kind === 'premise' || last?.kind === 'afterthought' ? last.premise.holds : true;
}

function readBlock(mark: string, text: string, before: readonly Part[], context: Context): readonly Part[] | undefined {
  if (mark === '') return leadIn(text) ?? clausesOf(text);
  if (/^(?:otherwise|or else|else)$/.test(mark))
    return [{ kind: 'premise', premise: { kind: 'that', holds: !lastHolds(before) } }, ...clausesOf(text)];
  if (/^in (?:which|that) case$/.test(mark))
    return [{ kind: 'premise', premise: { kind: 'that', holds: true } }, ...clausesOf(text)];
  const found = splitCondition(text, context);
  if (!found) return undefined;
  const premise = mark === 'unless' ? { ...found.premise, holds: !found.premise.holds } : found.premise;
  const rest = found.rest.trim() === '' ? [] : clausesOf(found.rest);
  const after =
    before.some(({ kind }) => kind === 'request') && rest.every(({ kind }) => kind === 'aside' || kind === 'topic');
  return [{ kind: after ? 'afterthought' : 'premise', premise }, ...rest];
}

/** Where the condition ends: at a comma or "then" or, without one, where something understood begins. */
function splitCondition(
  text: string,
  context: Context,
): { readonly premise: ReadPremise; readonly rest: string } | undefined {
  const ends = [
    ...text.matchAll(/ ?(?:[,;:…]|\.{2,}| [-–—]+ )+ ?(?:then |please )?| then /gi),
    ...text.matchAll(/ (?=\S)/g),
  ];
  const found = ends.flatMap((end) => {
    const premise = englishCondition(text.slice(0, end.index), context);
    const rest = text.slice(end.index + end[0].length);
    return premise && rest.trim() !== '' && makesSense(rest, end[0].trim() !== '') ? [{ premise, rest }] : [];
  });
  const whole = englishCondition(text, context);
  // What has to be asked is a last resort: it may be cut anywhere.
  const sure = found.find(({ premise }) => premise.kind === 'that' || premise.condition.kind === 'seen');
  return sure ?? found[0] ?? (whole && { premise: whole, rest: '' });
}

function makesSense(words: string, comma: boolean): boolean {
  const marked = comma || /^(?:i'd|i would|i want|i need|please|can you|could you|would you|just|then)\b/i.test(words);
  const [first] = marked ? clausesOf(words) : partsOf(words);
  if ((first?.kind === 'declined' || first?.kind === 'aside' || first?.kind === 'topic') && marked) return true;
  if (first?.kind === 'declined') return /^(?:(?:please|just) )*(?:leave|don't|do|keep|let)\b/i.test(words);
  return first?.kind === 'request' && (first.frame ? marked : understood(first.text, marked));
}

/** Without a comma only an order can begin a new clause. */
function understood(text: string, marked: boolean): boolean {
  const [part] = partsOf(text);
  return part?.kind === 'request' && (marked ? isUnderstood(part) : startsLikeOrder.test(text) && readable(text));
}

const startsLikeOrder = /^(?:(?:please|pls|just|then|also|can|could|you|kindly|would|maybe) )*[a-z]+ /i;

function readable(words: string): boolean {
  const text = withoutPoliteness(words, 'en');
  return (
    (beginsRequest(text) ||
      /^(?:get|whip|bin|lose|trim|zap|pop|straighten|sharpen|level|tone|tidy|ditch|clean|wipe|scrub|kill|nuke|chuck|dump|dim|soften|crisp|fix|sort|hide|cover|black|white|grey|mute|lift|boost|bump|circle|zoom|tighten|frame|knock|strip|drain|rub|scrap|airbrush|clone|anonymi[sz]e|redact|yeet|toss|bring|cut|give|let)\b/i.test(
        text,
      )) &&
    readClause({ text, verbatim: words, language: 'en', context: anyContext }).length > 0
  );
}

const looks =
  /^(?:(?:and|but|so|please|first|ok|now|just) )*(?:check|look|see|have a look|take a look|find out|scan)(?: (?:first|quickly|carefully|in (?:it|the \w+)|at the (?:picture|photo)))*(?: for| if there(?:'s| is| are)| whether there(?:'s| is| are)| if you (?:can )?(?:see|spot|find)| to see if there(?:'s| is| are)) (?<thing>.+?)(?: in (?:it|there|the (?:picture|photo|shot)))?(?: first)?[\s,.:;-]*$/i;
const colourLook =
  /^(?:(?:and|but|so|please|first|ok|now|just) )*(?:check|look at|see|have a look at) (?:the colou?r of|what colou?r) (?<thing>.+?)(?: is| are)?[\s,.:;-]*$/i;

/** "check for a hook in it first": a look for what the condition after it is about. */
function leadIn(text: string): readonly Part[] | undefined {
  const joint = / ?(?:[,;.!]| [-–—]) ?/g;
  const pieces = text
    .split(joint)
    .map((piece) => piece.trim())
    .filter(Boolean);
  const last = pieces.at(-1) ?? '';
  const colour = colourLook.exec(last)?.groups?.thing;
  const before = (): readonly Part[] => (pieces.length > 1 ? clausesOf(text.slice(0, text.lastIndexOf(last))) : []);
  if (colour !== undefined) return [...before(), { kind: 'topic', thing: colour }];
  const thing = looks.exec(last)?.groups?.thing;
  const premise = thing === undefined ? undefined : englishCondition(`there is ${thing}`, {});
  return premise?.kind === 'own' ? [...before(), { kind: 'look', condition: premise.condition }] : undefined;
}
