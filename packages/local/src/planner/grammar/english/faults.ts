import { wish } from './chatter.ts';

interface Fault {
  readonly pattern: RegExp;
  /** The request that mends it, of "it" or of the whole picture. */
  readonly mend: string;
}

const degree =
  '(?:(?:too|so|very|really|a bit|a little|rather|quite|way too|far too|kinda|kind of|all|pretty|slightly|a tad|a touch|looking|terribly|awfully|such a|completely|totally) )*';
const thing =
  "(?:(?<thing>.+?)(?:'s|'re| is| are| was| looks?| looked| seems?| came out| comes out| turned out| has gone| went| gone) )?";
/** "sky too bright": said without a verb. */
const terse =
  /^(?<thing>(?!it\b|this\b|that\b)(?:(?:the|my|his|her|their|our|this|that) )?[\w'-]+(?: [\w'-]+){0,3}?)(?<! (?:is|are|was|were|looks?|looking|seems?|gone|came|comes|out|got|be|feels?)) (?=(?:(?:way|far|much|just|a bit|a little|bit) )?too )/i;
/** "looks mushy", "it's too dark": of whatever is spoken of. */
const lead = "(?:(?:it )?(?:looks?|seems?|feels?)(?: like)? |it's |it is |its )?";
const end =
  "(?: (?:only|though|again|here|now|to me|in this one|to see .*|i think|isn't it|don't you think|somehow|like .*))*$";
const faults: readonly Fault[] = [
  {
    pattern: new RegExp(
      `^${lead}${thing}(?:looking |leaning |sitting )?${degree}(?:wonky|crooked|tilted|tilting|slant(?:ed|ing|y)|skewed|squint|lopsided|not (?:quite )?(?:level|straight)|leaning|on a slope|sloping|off kilter|uneven|askew)${end}`,
      'i',
    ),
    mend: 'straighten the picture',
  },
  {
    pattern: new RegExp(
      `^${lead}${thing}${degree}(?:dark|dim|gloomy|underexposed|under-exposed|murky|dingy|shadowy|in (?:the |deep |heavy |total )?(?:shadows?|shade|dark|darkness)|silhouetted|pitch black|hard to see|barely visible)${end}`,
      'i',
    ),
    mend: 'brighten it',
  },
  {
    pattern: new RegExp(
      `^${lead}${thing}${degree}(?:bright|washed out|overexposed|over-exposed|blinding|burnt out|glaring|blown out|light)${end}`,
      'i',
    ),
    mend: 'darken it',
  },
  {
    pattern: new RegExp(
      `^${lead}${thing}${degree}(?:soft|mushy|fuzzy|hazy|unclear|hard to read|not (?:very |that |quite )?(?:sharp|crisp|clear|in focus)|blurry|blurred|out of focus|unsharp)${end}`,
      'i',
    ),
    mend: 'sharpen it',
  },
];

/** A complaint that one of the adjustments mends: "the horizon is crooked". */
export function faultIn(piece: string): { readonly mend: string; readonly thing?: string } | undefined {
  const text = piece
    .replace(/[’]/g, "'")
    .replace(/[\s,;:.!?)]+$/, '')
    .replace(/^(?:(?:and|but|also|hmm+|oh|ugh|so|well|now),? )+/i, '')
    .trim();
  if (wish.test(piece)) return undefined;
  const full = text
    .replace(/,? (?:because|since|as (?:i|we|the|it)|cos|due to|thanks to|from|after|with the) .*$/i, '')
    .replace(terse, '$<thing> is ');
  for (const { pattern, mend } of faults) {
    const match = pattern.exec(full);
    if (!match) continue;
    const words =
      match.groups?.thing
        ?.trim()
        .replace(
          /^(?:(?:a|an|bit|little|touch|tad|too|so|very|really|quite|rather|looks?|it's|its|just|all|still|way|far|much|kind of|sort of)(?: |$))+/i,
          '',
        ) || undefined;
    const named =
      words !== undefined &&
      words !== '' &&
      !/^(?:it|this|that|its|everything|the|these|they)$/i.test(words) &&
      !/^(?:the |this |that |my |whole |entire )*(?:horizon|picture|photo|photograph|image|pic|shot|snap|thing|whole thing)$/i.test(
        words,
      );
    return named ? { mend, thing: words } : { mend };
  }
  return undefined;
}

/** "sort it out", "fix that": the mending of the fault that was named. */
export const wantsMending =
  /^(?:can|could) (?:anything|something|you do anything|you do something)(?: be done)?(?: (?:about|with|to) (?:it|that|this|them))?$|^any(?:thing| way)(?: you can do| to fix)(?: (?:about|with)? ?(?:it|that|this))?$|^(?:(?:can|could|would) you )?(?:fix|sort|correct|mend|rectify|lift|rescue|save|salvage|remedy|repair|tidy|even|put|set|deal with|do something about|see to|improve|help|adjust)(?: (?:it|that|this|them|please))*(?: (?:out|right|up|straight|for me))*$/i;
