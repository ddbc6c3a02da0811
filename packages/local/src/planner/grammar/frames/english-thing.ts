/** Words that no thing's name holds outside a relative clause: verbs that are finite, persons who act, refusals. */
const clauseWords =
  /(?:^|[\s,])(?:is|isn't|are|aren't|was|wasn't|were|weren't|am|be|been|has|hasn't|have|haven't|had|do|don't|does|doesn't|did|didn't|can(?= (?:you|u|we|i|be|it|they|she|he)\b)|can't|cannot|could|couldn't|will|won't|would|wouldn't|should|shouldn't|must|may|might|i|i'm|i'd|i've|i'll|you|you're|u|we|we're|he|he's|she|she's|they|they're|it's|that's|there's|what|what's|how|why|when|because|so|if|unless|but|then|not|never|no|nor|don't|please|also|let|let's|want|wants|need|needs|make|makes|get|gets|got|go|goes|remove|delete|erase|pixelate|brighten|darken|sharpen|undo|replace|swap|turn|rotate|flip|resize|move|leave|keep|save|add|put|draw|give|think|see|take|bring|change|instead|than|it|me|him|us|who's|came|went|said|says|walked|forgot|ruins|spoils|keeps|stays|to)(?=$|[\s,.!?])/i;
const relative = /\b(?:that|which|who)(?:'s| is| are| has| says| have| was| were)? .*$/i;
const measures =
  /\b(?:next to|close to|closest to|nearest to|nearer to|near to|attached to|farthest to|to the (?:left|right)|to one side|(?:second|third|next) to last|to go|to its (?:left|right)|to my)\b/gi;
const doing = /\b(?:with|wearing|holding|carrying|in|on|at|by) (?:no|it|its) /gi;
const quoted = /["“”][^"“”]*["“”]/g;

/** Longer phrases name no thing. */
const mostWords = 16;

/** Whether words can be the name of a thing: "the man with the red hat on the left", but no statement and no request. */
export function isThing(words: string): boolean {
  const text = words.trim();
  if (/\blooks? like\b|\b(?:removed|erased|deleted|gone|changed|blurred|rotated|moved)$/i.test(text)) return false;
  if (/^(?:zoom|rotate|flip|mirror|print|save|resize|scale|move|go|come|back|turn)$/i.test(text)) return false;
  if (/^(?:that|it|he|she|there|this|here|what)'s\b/i.test(text)) return false;
  if (/^(?:like|as|so|well|away|out|off|up|down|back)\b/i.test(text)) return false;
  if (text === '' || text.split(/\s+/).length > mostWords || !/[\p{L}\p{N}]/u.test(text)) return false;
  const bare = text
    .replace(quoted, 'x')
    .replace(
      /^(?:all|both|everything|anything|anyone|everyone|each)\b.*? (?:but|except(?: for)?|that isn't|that's not) /i,
      '',
    )
    .replace(relative, '')
    .replace(measures, 'near')
    .replace(doing, 'with ')
    .replace(/ (?:behind|beside|near|next to|under|above|below|by|around|on|in front of) (?:it|him|her|them)$/i, '')
    .trim();
  return bare === '' ? text !== '' : !clauseWords.test(bare);
}

/** Words that stand for a thing that was named before. */
export const pronoun =
  /^(?:it|its|that|this|them|their|those|these|him|her|he|she|they|that one|this one|that thing|this thing|the thing|the same|the same thing|the lot of them|them all|all of them|all of those|both of them|both|these ones|those ones|the same one|same one|that (?:fellow|guy|person|man|woman|lot)|it all|one)$/i;

/** "all three of them" after a name: the same things again. */
export const restates =
  /^(?:all|both|each|every(?: (?:single|last))? one|the (?:two|three|four|lot|pair|whole lot|both))(?: (?:two|three|four|five|six|\d+))?(?: of (?:them|those|these|it|us|you))?$/i;
