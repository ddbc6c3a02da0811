import { always, cue } from './cue.ts';
import { anyColour, colourOf } from './english-colour.ts';
import { adjustment, type Cue } from './frame.ts';

const remove = always({ kind: 'remove' });

/** Signs that would be too loose for the reading of every word, and that are looked for last. */
export const looseCues: readonly Cue[] = [
  cue(
    '\\b(?:yeet(?:ed)?|dump|toss|vaporise|vaporize|obliterate|vanquish|expunge|excise|purge|ax|shoo|boot out|make (?<thing>.+?) (?:vanish|disappear|go away|leave))\\b',
    remove,
  ),
  cue(
    "\\b(?:shouldn't be|doesn't belong|don't belong|not supposed to be|isn't meant to be) (?:there|here|in)\\b",
    remove,
  ),
  cue(`\\b(?:in|into|to|be|a|with|go|goes) ${anyColour}\\b`, ({ colour }) => {
    const shade = colourOf(colour);
    return shade === undefined ? undefined : adjustment('recolour', { colour: shade });
  }),
];
