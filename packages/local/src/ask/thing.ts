import { tidyPhrase } from '../detect/head-noun.ts';
import { lookUp } from '../detect/vocabulary.ts';
import { colourOfWord, colourWords } from './colour-names.ts';
import type { Thing } from './question.ts';

const listed =
  /\s*,\s*(?:and |or )?|\s+(?:and|or|plus)\s+|(?<=[가-힣])(?:와|과|하고|이랑|랑|이나)\s+|\s+(?:그리고|및|또는)\s+/;
const colouredEnglish = new RegExp(
  `^(?:(?:a|an|the|any|some|my|this|that|these|those|all) )*(${colourWords})(?:[- ]colou?red)? (.+)$`,
);
const colouredKorean = new RegExp(`^(${colourWords})(?:의|인)? (.+)$`);

/** The things that a stretch of a question names: "a cup and a red chair" names two. */
export function parseThings(text: string): readonly Thing[] {
  if (lookUp(text)) return [{ phrase: plain(text) }];
  return text
    .split(listed)
    .filter((part) => part.trim() !== '')
    .map(parseThing);
}

function parseThing(text: string): Thing {
  const phrase = plain(text);
  if (lookUp(phrase)) return { phrase };
  const [, word, rest] = colouredEnglish.exec(phrase) ?? colouredKorean.exec(phrase) ?? [];
  const colour = word === undefined ? undefined : colourOfWord(word);
  return colour && rest ? { phrase: plain(rest), colour } : { phrase };
}

/** Without its article or particle, so that messages can quote it. */
function plain(text: string): string {
  const bare = tidyPhrase(text).replace(/^(?:(?:a|an|the|any|some) )+/, '');
  const stem = bare.replace(/(?<=[가-힣])(?:을|를|이|가|은|는|도)$/, '');
  // 고양이 ends like a noun with a particle and is none.
  return lookUp(stem) || !lookUp(bare) ? stem : bare;
}
