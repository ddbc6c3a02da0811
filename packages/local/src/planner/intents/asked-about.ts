import type { Aftermath } from '../grammar/context.ts';
import { languageOf } from '../grammar/language.ts';

/** Where the words for a thing end in an English question. */
const end =
  '(?= (?:in|on|at|of|with|by|from|to|near|here|there|is|are|was|were|do|does|doing|hiding|standing|sitting|lying|wearing|holding|looking|facing|going|anywhere|somewhere|visible|or|and|that|which|who|behind|under|over|above|below|next|left|right|today|red|blue|green|yellow|black|white|brown|orange|pink|purple|gr[ae]y|still|really|actually|already|have|has|did|can|could|anyone|readable|legible|showing|hanging|parked|dangling|visible|look|looks)\\b|[?.!,]|$)';
const thing = `(?<thing>(?:the|an?|any|my|his|her|their|our|your|that|this|those|these|some) .+?)${end}`;
const english: readonly RegExp[] = [
  new RegExp(
    `\\b(?:where(?:'s| is| are|'re)|what(?:'s| is| are)|who(?:'s| is)|is|are|was|does|do|has|have|how (?:big|tall|old|large|small|far|long) (?:is|are)) (?:there )?${thing}`,
    'i',
  ),
  new RegExp(`\\b(?:what|which) colou?r(?:s)? (?:is|are|does|do) ${thing}`, 'i'),
  new RegExp(`\\b(?:see|spot|find|there(?:'s| is| are)?) ${thing}`, 'i'),
  new RegExp(`^(?:(?:and|so|ok|hi|hey),? )*(?<thing>any .+?)${end}`, 'i'),
  new RegExp(`\\bhow many (?<thing>[a-z][a-z -]*?)${end}`, 'i'),
];
const korean: readonly RegExp[] = [
  /^(?:(?:혹시|그럼|근데|저기|여기|이|사진에|사진 속에|여기에|사진에서) )*(?<thing>[^?]+?)(?:은|는|이|가|도|이랑|랑)? (?:(?:지금|다|전부|총|모두) )*(?:어디|어딨|어딘|어따|어데|(?:[가-힣]+색|빨강|파랑|노랑|검정) ?맞|무슨 ?색|어떤 ?색|무슨|뭐|몇|있|보이|찍혔|찍힌|나왔|나오|계시|같이|얼마나|색이)/,
];
const whole =
  /^(?:the |this |that |my )?(?:picture|photo|photograph|image|pic|shot|scene|time|weather|background|colou?r)s?$|^(?:이 |그 )?(?:사진|그림|이미지|배경|여기|이거|이게|저게|그게)$/i;

/** What "it" means after a question: the thing it was about, where it names one. */
export function askedAbout(question: string): Aftermath {
  const patterns = languageOf(question) === 'ko' ? korean : english;
  for (const pattern of patterns) {
    const words = pattern.exec(question.trim())?.groups?.thing?.trim();
    if (words === undefined || whole.test(words)) continue;
    const place =
      / (?:on|at|in) the (?:far |very )?(?:left|right|middle|centre|center|top|bottom|back|front)\b/i.exec(
        question,
      )?.[0] ?? '';
    const named = words.replace(/^(?:an?|any|some) /i, 'the ') + place;
    return { refers: { it: named, one: named } };
  }
  return {};
}
