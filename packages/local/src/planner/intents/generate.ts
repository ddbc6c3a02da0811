import type { Clause } from '../grammar/clause.ts';
import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { readMade } from '../wording/tool-results.ts';
import { defineIntent } from './intent.ts';
import { matchPatterns, type Patterns } from './match-target.ts';

const verbs = ['그리/그려', '생성하', '만들/만들어', '만들어내/만들어내', '제작하'].map(koreanVerb);
const forms = requestForms(verbs);
const picture = '(?:picture|photo|photograph|image|drawing|painting|illustration|sketch|render(?:ing)?)';

const named: Patterns = {
  en: [
    new RegExp(
      `^(?:generate|draw|create|make|paint|sketch|produce|render|design|imagine|give|i want|i'd like|i would like) (?:me |us )?(?:an?|another|some|one) (?:new |nice |beautiful )*${picture}s?(?: (?:of|showing|with|that shows|where)|:) (?<prompt>.+)$`,
      'i',
    ),
  ],
  ko: [
    new RegExp(
      `^(?<prompt>.+?)(?:의|이 있는|가 있는)? (?:그림|사진|이미지)(?:을|를)? (?:좀 |하나 |한 장 |새로 )*(?:${forms})$`,
    ),
  ],
};

/** "draw a cat", but not "draw a hat on the dog": that would have to change the picture there is. */
const bare: Patterns = {
  en: [
    /^(?:(?:generate|draw|imagine|sketch|create) (?:me |us )?(?<prompt>(?:an?|some|two|three|many|the) .+)|paint (?:me |us )?(?<painted>(?:an?|some|two|three|many) .+))$/i,
  ],
  ko: [
    new RegExp(
      `^(?<prompt>.+?)(?:을|를)? (?:좀 |하나 |한 장 )*(?:${requestForms(['그리/그려', '생성하'].map(koreanVerb))})$`,
    ),
  ],
};
const intoPicture =
  / (?:on|onto|next to|beside|around|round|behind|above|below|over) (?:the|it|this|that|him|her|them|my)\b|(?:위|옆|뒤|앞|아래|안|속|머리|주변|주위)에 /i;

interface Wish {
  readonly prompt: string;
}

const define = (name: string, parse: (clause: Clause) => readonly Wish[]) =>
  defineIntent<Wish>({
    name,
    openEnded: true,
    parse,
    plan: ({ prompt }, language) => [
      {
        tool: 'generate_image',
        target: prompt,
        message: language === 'ko' ? `그림 만들기: ${prompt}` : `Make a picture: ${prompt}`,
        input: { prompt },
        needs: [],
      },
    ],
    leaves: () => ({ otherPicture: true }),
    report({ prompt }, [made], language) {
      const size = readMade(made);
      if (!size) return undefined;
      const pixels = size.width === undefined ? '' : ` (${size.width} x ${size.height})`;
      return language === 'ko'
        ? `새 그림을 만들었습니다${pixels}: ${prompt}.`
        : `I made a new picture${pixels}: ${prompt}.`;
    },
  });

const read = (patterns: Patterns, clause: Clause): readonly Wish[] => {
  const groups = matchPatterns(patterns, clause);
  const words = (groups?.prompt ?? groups?.painted)?.trim();
  // 고양이가 앉아 있는 (그림): what such words describe is a scene.
  const prompt = words !== undefined && /[가-힣](?:는|한|된|던)$/.test(words) ? `${words} 모습` : words;
  return prompt && prompt.length <= 1000 && /[\p{L}\p{N}]/u.test(prompt) ? [{ prompt }] : [];
};

/** "generate a picture of a cat", "고양이 그림을 그려줘". */
export const generatePicture = define('generate', (clause) => read(named, clause));

/** "draw a cat", "고양이를 그려줘": tried late, because the verbs mean other things too. */
export const generateThing = define('generate', (clause) => (intoPicture.test(clause.text) ? [] : read(bare, clause)));
