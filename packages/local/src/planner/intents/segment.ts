import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { withParticle } from '../wording/particles.ts';
import { recognisedAs } from '../wording/recognised.ts';
import { shownTarget } from '../wording/target-words.ts';
import { readCutOut } from '../wording/tool-results.ts';
import { findSteps } from './find-steps.ts';
import { defineIntent } from './intent.ts';
import { matchTargets, type Patterns } from './match-target.ts';

const verbs = [
  '자르/잘라',
  '잘라내/잘라내',
  '오리/오려',
  '오려내/오려내',
  '따/따',
  '따내/따내',
  '선택하',
  '고르/골라',
  '분리하',
  '추출하',
  '분할하',
  '마스킹하',
  '누끼 따/누끼 따',
].map(koreanVerb);

const patterns: Patterns = {
  en: [
    /^(?:cut out|segment|select|mask|mask out|isolate|extract|crop out|outline|trace|(?:make|create|draw|give me) (?:a|the) (?:mask|cut-?out|outline) (?:of|for|around)) (?<target>.+)$/i,
    /^cut (?<target>.+) out$/i,
  ],
  ko: [new RegExp(`^(?<target>.*?) ?(?:누끼(?:를|만)? ?)?(?:${requestForms(verbs)})$`), /^(?<target>.+?) ?누끼$/],
};

/** "cut out the cup", "컵 누끼 따줘". */
export const segment = defineIntent<{ readonly target: string }>({
  name: 'segment',
  // 사진을 잘라줘 crops.
  parse: (clause) =>
    matchTargets(patterns, clause).flatMap((target) => (/(?:사진|이미지|그림)$/.test(target) ? [] : [{ target }])),
  plan: ({ target }, language) => findSteps(target, language),
  leaves: ({ target }) => ({ refers: { it: target, one: target } }),
  report({ target }, [, cut], language) {
    const result = readCutOut(cut);
    if (!result) return undefined;
    const named = recognisedAs(cut, language);
    const shown = shownTarget(target, language);
    const area =
      result.area === undefined
        ? ''
        : language === 'ko'
          ? ` ${result.area}픽셀입니다.`
          : ` It covers ${result.area} pixels.`;
    return language === 'ko'
      ? `${withParticle(shown, '을/를')} 오려냈습니다${named}.${area}`
      : `I cut out ${shown}${named}.${area}`;
  },
});
