import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { withParticle } from '../wording/particles.ts';
import { recognisedAs } from '../wording/recognised.ts';
import { meansSeveral, shownTarget } from '../wording/target-words.ts';
import { readCutOut, readEdit } from '../wording/tool-results.ts';
import { verdict } from '../wording/verdict.ts';
import { findSteps } from './find-steps.ts';
import { defineIntent } from './intent.ts';
import { matchTargets, type Patterns } from './match-target.ts';

const verbs = [
  '지우/지워',
  '지워버리/지워버려',
  '제거하',
  '없애/없애',
  '없애버리/없애버려',
  '삭제하',
  '빼/빼',
  '빼내/빼내',
  '치우/치워',
  '날리/날려',
].map(koreanVerb);
// 고양이 안 보이게: the last syllable of these is no particle.
const subject = '(?:(?<!고양|호랑|어린|원숭|거북|달팽|부엉|지팡|쌍둥|멍멍|종|오|아)이|가)';
const makeVerbs = ['하/해', '만들/만들어'].map(koreanVerb);

const patterns: Patterns = {
  en: [
    /^(?:remove|erase|delete|eliminate|get rid of|wipe (?:out|away|off)|take (?:out|away|off)|rub out|edit out|photoshop out|clear away|drop) (?<target>.+)$/i,
    /^(?:take|get|wipe|rub|edit|clear|photoshop) (?<target>.+?) (?:out|away|off)(?: of (?:the|this) (?:picture|photo|image|scene|shot))?$/i,
    /^make (?<target>.+?) (?:disappear|vanish|go away)$/i,
    /^(?:i want|i'd like|i would like) (?<target>.+?) (?:to be )?(?:removed|gone|erased|deleted|to (?:disappear|vanish|go))$/i,
  ],
  ko: [
    new RegExp(
      `^(?<target>.*?)(?:${subject}|을|를)? ?(?:좀 )?(?:안 보이게|보이지 않게|사라지게|없어지게) (?:${requestForms(makeVerbs)})$`,
    ),
    new RegExp(`^(?<target>.*?) ?(?:${requestForms(verbs)})$`),
  ],
};

const hidden =
  /(?:얼굴|번호판|이름|명찰|전화번호|번호|주소|신원|눈|글씨|글자|개인정보)(?:들)?(?:이|가|은|는|을|를|만|도)? ?(?:좀 )?(?:안 ?보이|보이지 않)/;

/** "take half of the colour out of it": what belongs to a thing, and is none. */
const quality = /\b(?:colou?rs?|saturation|brightness|exposure|light(?:ing)?|contrast|tint)$/i;

/** "remove the cup", "컵을 지워줘". */
export const remove = defineIntent<{ readonly target: string }>({
  name: 'remove',
  // 얼굴 안 보이게 해줘 wants a face covered, not taken away.
  parse: (clause) =>
    hidden.test(clause.text)
      ? []
      : matchTargets(patterns, clause).flatMap((target) => (quality.test(target) ? [] : [{ target }])),
  plan: ({ target }, language) => [
    ...findSteps(target, language),
    {
      tool: 'remove_object',
      target,
      message:
        language === 'ko' ? `${shownTarget(target, language)} 지우기` : `Remove ${shownTarget(target, language)}`,
      input: {},
      needs: ['image', 'mask'],
    },
  ],
  // What is gone cannot be meant by "it"; "the left one" may still name its like.
  leaves: ({ target }) => ({
    refers: { one: target },
    edit: { kind: 'remove', thing: target, deed: { tool: 'remove_object' } },
  }),
  report({ target }, [, cut, edited], language) {
    const result = readEdit(edited);
    if (!result) return undefined;
    const named = recognisedAs(cut, language);
    const shown = shownTarget(target, language);
    const what = shown + named;
    if (language === 'ko') {
      const done = `${withParticle(shown, '을/를')} 지웠습니다${named}`;
      return verdict({ done, seen: '사라졌습니다', what }, result, language);
    }
    const several = meansSeveral(target) || (readCutOut(cut)?.things ?? []).length > 1;
    const seenNow = several ? 'they are gone' : 'it is gone';
    return verdict({ done: `I removed ${what}`, seen: seenNow, what }, result, language);
  },
});
