import type { Part } from '../part.ts';

const picture =
  '(?:picture|photo|photograph|image|drawing|painting|illustration|sketch|render(?:ing)?|artwork|scene|poster)';
const wish = new RegExp(
  `(?:^|[,;:.!?-] ?| )(?:(?:so|and|but|please|just|then|instead|now) )*(?<verb>(?:paint|draw|generate|create|make|produce|sketch|render|design|imagine|whip up|conjure up|do)(?: (?:me|us|for me))?|(?:i(?:'d)? |we(?:'d)? )?(?:want|need|like)|give me) (?:an?|one|another|some|a whole) (?:(?:completely|totally|whole|brand|brand-new|new|fresh|different|separate|nice|lovely|beautiful|second|other|blank) ?,?)*${picture}(?: (?:from scratch|instead|for me|please|altogether|entirely))*(?:,|:| -| of| showing| with| that shows| where)+ (?<prompt>.+)$`,
  'i',
);

/** A sentence that asks for a picture of its own: all that follows describes it, up to "then". */
export function newPicture(sentence: string): { readonly part: Part; readonly rest: string } | undefined {
  const match = wish.exec(sentence);
  const words = match?.groups?.prompt;
  if (words === undefined) return undefined;
  const [prompt = '', rest = ''] = words.split(/(?:,|;|\.)? (?:and )?then (?=\w)|; /i);
  const bare = prompt
    .replace(/,? (?:for|as) (?:my|our|the|a|an|his|her) [\w' ]+$/i, '')
    .replace(/[\s.!?]+$/, '')
    .trim();
  return bare === '' ? undefined : { part: { kind: 'request', text: `generate a picture of ${bare}` }, rest };
}
