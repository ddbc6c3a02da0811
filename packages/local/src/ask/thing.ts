import { type ParsedPhrase, parsePhrase } from '@atelier/sdk';
import { tidyPhrase } from '../detect/head-noun.ts';
import { lookUp } from '../detect/vocabulary.ts';
import { colourOfWord, colourWords } from './colour-names.ts';
import type { Thing } from './question.ts';
import { wordsAround } from './which.ts';

const listed =
  /\s*,\s*(?:and |or )?|\s+(?:and|or|plus)\s+|(?<=[가-힣])(?:와|과|하고|이랑|랑|이나)\s+|\s+(?:그리고|및|또는)\s+/;
const colouredEnglish = new RegExp(
  `^(?:(?:a|an|the|any|some|my|this|that|these|those|all) )*(${colourWords})(?:[- ]colou?red)? (.+)$`,
);
const colouredKorean = new RegExp(`^(${colourWords})(?:의|인)? (.+)$`);

/**
 * The things that a stretch of a question names: "a cup and a red chair" names two, "the biggest cup on the left" one
 * of several. `before` is what the question was about until now: "the left one" is one of those.
 */
export function parseThings(text: string, before: readonly Thing[] = []): readonly Thing[] {
  const whole = parseThing(text, before);
  if (lookUp(whole.phrase)) return [whole];
  const parts = text.split(listed).filter((part) => part.trim() !== '');
  return parts.length > 1 ? (shareWhich(whole) ?? parts.map((part) => parseThing(part, before))) : [whole];
}

function parseThing(text: string, before: readonly Thing[]): Thing {
  const said = plain(text);
  if (said === '') return { phrase: said };
  const parsed = parsePhrase(said);
  if (parsed.selectors.length > 0) return parseWhich(said, parsed, before);
  if (lookUp(said)) return { phrase: said };
  const coloured = splitColour(said);
  if (coloured) return { ...parseThing(coloured.rest, before), colour: coloured.colour };
  // "two cups", "컵 두 개".
  return { phrase: parsed.all && lookUp(parsed.noun) ? plain(parsed.noun) : said };
}

/** A thing that its place or size tells from others of its kind. */
function parseWhich(said: string, parsed: ParsedPhrase, before: readonly Thing[]): Thing {
  const [known] = before;
  if (parsed.noun === '' && (before.length !== 1 || !known)) return { phrase: said };
  const which = { parsed, said, ...wordsAround(said, parsed) };
  if (parsed.noun === '' && known) return { ...known, which };
  const coloured = lookUp(parsed.noun) ? undefined : splitColour(parsed.noun);
  return coloured
    ? { phrase: plain(coloured.rest), colour: coloured.colour, which }
    : { phrase: plain(parsed.noun), which };
}

/** "Cups and spoons on the left", "왼쪽에 컵과 숟가락": the place is said of all that are listed; in "the left cup and a spoon" it is not. */
function shareWhich({ phrase, which }: Thing): readonly Thing[] | undefined {
  if (!which) return undefined;
  const saidOfAll = which.parsed.language === 'ko' ? which.before.endsWith('에') : which.before === '';
  const things = phrase.split(listed).map((part) => parseThing(part, []));
  if (!saidOfAll || things.some((thing) => !lookUp(thing.phrase))) return undefined;
  return things.map((thing) => ({ ...thing, which: { ...which, parsed: { ...which.parsed, noun: thing.phrase } } }));
}

function splitColour(phrase: string) {
  const [, word, rest] = colouredEnglish.exec(phrase) ?? colouredKorean.exec(phrase) ?? [];
  const colour = word === undefined ? undefined : colourOfWord(word);
  return colour && rest ? { colour, rest } : undefined;
}

/** Without its article or particle, so that messages can quote it. */
function plain(text: string): string {
  const bare = tidyPhrase(text).replace(/^(?:(?:a|an|the|any|some) )+/, '');
  const stem = bare.replace(/(?<=[가-힣])(?:을|를|이|가|은|는|도)$/, '');
  // 고양이 ends like a noun with a particle and is none.
  return lookUp(stem) || !lookUp(bare) ? stem : bare;
}
