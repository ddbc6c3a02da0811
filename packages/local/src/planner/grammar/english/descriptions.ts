import { colourWord, determiner } from './phrase-patterns.ts';

const size =
  '(?:big|large|huge|small|little|tiny|tall|short|wide|narrow|bigger|larger|smaller|taller|shorter|wider|narrower|biggest|largest|smallest|littlest|tiniest|tallest|shortest|widest|narrowest)';
const place = '(?:(?:left|right|top|bottom)-?most|highest|lowest)';
const quality = `(?:${size}|${colourWord}|${place})(?![\\w'-])`;
const noun = "(?:(?!(?:that|which|who|and|or|is|are|to|into|the|my|of|these|those)\\b)[\\w'-]+ ){0,3}?[\\w'-]+";
/** Of all that there are. */
const ofAll = '(?: of (?:all|them|them all|the lot|the bunch|those|these))?';
const goesOn = "(?! (?:than|enough|to|of|with|for|in|on|at|by|or)\\b)(?![\\w'-])";
const qualities = `(?:the )?(?<qualities>${quality}(?:(?:,| and|, and) ${quality})*)${ofAll}(?: ones?\\b)?${goesOn}`;

const saidBehind = new RegExp(
  `(?<!\\b(?:in|on|at|near|behind|beside|by|under|above|below|with|to|from) )\\b(?<which>(?:(?:all|both|each|any|every|one)(?: of)? )?${determiner}|an?|one|any|some) (?<noun>${noun}) (?:that|which|who)(?:'s| is| are) ${qualities}`,
  'gi',
);
const whichever = new RegExp(
  `\\b(?:whichever|whatever) (?:of the |one of the )?(?<noun>${noun}) (?:that )?(?:is|are) ${qualities}`,
  'gi',
);
/** "highest up", "furthest to the right": after "that's" they stand where an adjective does. */
const farthest =
  /(?<=\b(?:that|which|who)(?:'s| is| are) (?:the )?)(?:(?:furthest|farthest|most)(?: over)? (?:to|on|at) the (?:far )?(?<side>left|right)|(?:furthest|farthest) (?<side2>left|right)|(?<high>highest up|furthest up|highest up of all|topmost)|(?:lowest down|furthest down))\b/gi;

const standing =
  /\b(?<that>that|which|who) (?:sits?|stands?|lies|hangs|(?:is|are) (?:placed|located|found|positioned))(?= (?:next|near|beside|on|at|in|to the|under|above|below|behind|left|right|by|close|between)\b)/gi;
const whatIs = /\b(?:what|that which)(?:'s| is)(?: now| currently) an? (?=\w)/gi;
const whatever = new RegExp(
  `\\b(?:whatever|everything|anything|all)(?: (?:that|which))?(?:'s| is) (?<colour>${colourWord})(?![\\w'-])`,
  'gi',
);

/** "get rid of everything blue"; after "make", the colour is what is wished for. */
const anyColoured = new RegExp(
  `(?<=\\b(?:remove|delete|erase|get rid of|lose|drop|take out|find|blur|count|outline) )(?:everything|anything) (?<colour>${colourWord})(?=[.,;!?]|$| and )`,
  'gi',
);

const inFront = (words: string): string =>
  words
    .replace(/(?:,| and|, and) /gi, ' ')
    .split(' ')
    // A size before a colour, as "small red cup" has them.
    .sort((one, other) => Number(isColour.test(one)) - Number(isColour.test(other)))
    .join(' ');
const isColour = new RegExp(`^${colourWord}$`, 'i');

/** What is said of a thing behind it, said before it: "the cup that's small and red" is "the small red cup". */
export const plainDescriptions = (text: string): string =>
  text
    .replace(standing, '$<that> is')
    .replace(farthest, (_whole, side?: string, other?: string, high?: string) => {
      const where = side ?? other;
      if (where !== undefined) return `${where}most`;
      return high === undefined ? 'lowest' : 'highest';
    })
    .replace(whatIs, 'the ')
    .replace(whatever, 'all $<colour> things')
    .replace(anyColoured, 'all $<colour> things')
    .replace(saidBehind, (_whole, which: string, named: string, said: string) => {
      const words = inFront(said);
      const article = /^an?$/i.test(which) ? (/^[aeiou]/i.test(words) ? 'an' : 'a') : which;
      return `${article} ${words} ${named.replace(/^one /i, '')}`;
    })
    .replace(whichever, (_whole, named: string, said: string) => `the ${inFront(said)} ${named}`);
