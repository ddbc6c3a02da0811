import { always, cue } from './cue.ts';
import { anyColour, colourOf } from './english-colour.ts';
import { adjustment, type Cue } from './frame.ts';

const remove = always({ kind: 'remove' });

/** Signs that would be too loose for the reading of every word, and that are looked for last. */
export const looseCues: readonly Cue[] = [
  cue(
    '\\b(?:bye[- ]?bye|good ?bye|begone|be gone|away with|off with|out with|out (?:he|she|it|they) goes?)\\b',
    remove,
  ),
  cue(
    '\\b(?:yeet(?:ed)?|dump|toss|vaporise|vaporize|obliterate|vanquish|expunge|excise|purge|ax|shoo|boot out|make (?<thing>.+?) (?:vanish|disappear|go away|leave))\\b',
    remove,
  ),
  cue(
    "\\b(?:shouldn't be|doesn't belong|don't belong|not supposed to be|isn't meant to be) (?:there|here|in)\\b",
    remove,
  ),
  cue(
    '\\b(?:lift|raise|boost|bump|up|push|light|perk|liven|bring)(?: up)?(?= (?:it|him|her|them|this|that|the|my|his|their)\\b)(?! .*\\b(?:contrast|saturation|colou?rs?|out|back|off|away)\\b)',
    always(adjustment('brighten', { amount: 0.35 })),
  ),
  cue('\\b(?:mute|subdue|tame|dull)\\b', always(adjustment('desaturate', { amount: 0.5 }))),
  cue(`\\b(?:in|into|to|be|a|with|go|goes) ${anyColour}\\b`, ({ colour }) => {
    const shade = colourOf(colour);
    return shade === undefined ? undefined : adjustment('recolour', { colour: shade });
  }),
];
