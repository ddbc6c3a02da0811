/** Sources of patterns for pieces of a sentence, for the rules that say it in plainer words. */

/** Colours as people name them in passing. */
export const colourWord =
  '(?:red|blue|green|yellow|orange|purple|violet|pink|brown|gr[ae]y|black|white|navy|teal|gold|silver|beige|cream|turquoise|maroon|magenta)';

/** Words at which the name of a thing has ended. */
const stops = [
  "is|isn't|are|aren't|was|were|be|been|becomes?|should|could|would|can|must|will|has|have|needs?|wants?|goes|ought|wish|like|let|there",
  "and|or|nor|but|then|so|because|if|unless|while|when|where|than|as|instead|rather|please|pls|i|i'd|we|you|it|they|them|me|us|him",
  'to|into|for|out|off|away|from|with|not|do|does|too|also|now|first|all|both|turned|changed|made|painted|colou?red',
  'make|turn|change|remove|delete|erase|replace|swap|paint|colou?r|give|put|tell|count',
].join('|');
const place =
  '(?:next|close|closest|nearest|nearer|furthest|farthest) to|to the (?:left|right) of|from the (?:left|right)';
/** "beside it": the one pronoun that a name may hold. */
const beside =
  '(?:next to|close to|beside|near|by|behind|under|above|below|around|in front of|to the (?:left|right) of) (?:it|them)';
const word = `(?:${beside}|${place}|(?!(?:${stops})(?![\\w'-]))[\\w'-]+)`;

export const determiner = '(?:the|that|those|these|this|my|our|your|his|her|their|its|all|every|each|both)';
/** "the big cup next to the plate": said to be there already. */
export const knownThing = `(?!(?:the|that|this|those) (?:rest|others?|background|thing|way|one)(?![\\w'-]))${determiner} ${word}(?: ${word}){0,9}?`;
/** "the cup and the plate". */
export const knownThings = `${knownThing}(?:(?:, ${knownThing}){0,3},? and ${knownThing})?`;
/** "a red ball": what is wished for. */
export const newThing = `(?:an?|another|some) ${word}(?: ${word}){0,5}?`;
/** A thing that is named without an article. */
export const bareThing = `${word}(?: ${word}){0,4}?`;

/** Where a wish may begin. */
export const start =
  '(?<=^|[.!?;:,] |\\b(?:and|then|so|but|also|next|now|please|first|finally|lastly|afterwards|oh|well|ok|think) )';
/** Where it may end. */
export const end =
  '(?= *(?:[.,;!?]|$)| (?:and|then|but|please|pls|thanks|as well|too|also|because|so that|would you|will you)(?![\\w-]))';
