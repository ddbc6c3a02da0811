import type { Clause } from '../grammar/clause.ts';
import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { targetPhrases } from '../grammar/target-phrases.ts';
import { withParticle } from '../wording/particles.ts';
import { recognisedAs } from '../wording/recognised.ts';
import { shownTarget } from '../wording/target-words.ts';
import { readEdit } from '../wording/tool-results.ts';
import { verdict } from '../wording/verdict.ts';
import { findSteps } from './find-steps.ts';
import { defineIntent } from './intent.ts';
import { matchPatterns, type Patterns } from './match-target.ts';

const verbs = [
  '바꾸/바꿔',
  '바꿔놓/바꿔놔',
  '교체하',
  '변경하',
  '대체하',
  '변신시키/변신시켜',
  '변환하',
  '만들/만들어',
  '교환하',
].map(koreanVerb);
const forms = requestForms(verbs);

const patterns: Patterns = {
  en: [
    /^(?:replace|swap|swap out|substitute|exchange|switch) (?<target>.+?) (?:with|for|by) (?<prompt>.+)$/i,
    // "the cup next to it to a plate"
    /^(?:change|turn|transform|convert|morph|make|switch|swap) (?<target>.+?) (?<!\b(?:next|close|closer|closest|nearer|nearest|adjacent) )(?:in)?to (?<prompt>.+)$/i,
    /^(?:put|place|paint|draw|insert|i want|i'd like) (?<prompt>.+?) (?:in place of|instead of|in the place of) (?<target>.+)$/i,
    /^(?:put|place|paint|draw|insert) (?<prompt>.+?) where (?<target>.+?) (?:is|are|was|were)$/i,
  ],
  ko: [
    new RegExp(`^(?<target>.+?) 대신(?:에)? (?<prompt>.+?)(?:으로|로) (?:좀 )?(?:${forms})$`),
    new RegExp(
      `^(?<target>[^ ]+(?: [^ ]+){0,3}?) 말고 (?<prompt>[^을를]+?)(?: ?입은 (?:걸|것|거))?(?:으로|로) (?:좀 )?(?:${forms})$`,
    ),
    new RegExp(`^(?<target>.*?[^ ])(?:을|를|은|는) (?:좀 )?(?<prompt>.+?)(?:으로|로) (?:좀 )?(?:${forms})$`),
    /^(?<target>.*?) ?대신(?:에)? (?<prompt>.+?)(?:을|를)? (?:넣어|그려|놓아|놔)(?: ?(?:줘|주세요|줄래|줄래요))?$/,
    new RegExp(`^(?<target>[^ ]+) (?<prompt>[^ ]+?)(?:으로|로) (?:좀 )?(?:${forms})$`),
    new RegExp(`^(?<target>)(?<prompt>[^ ]+?(?: [^ ]+?){0,3}?)(?:으로|로) (?:좀 )?(?:${forms})$`),
  ],
};

/** The whole picture cannot be cut out and replaced, nor can a colour. */
const wholePicture =
  /^(?:the |this |my |whole |entire )*(?:picture|photo|photograph|image|everything|colou?r)$|^(?:이 |전체 )*(?:사진|그림|이미지)(?: 전체)?$/i;

/** What was painted, as it is spoken of afterwards: "the cat". */
export const madeThing = (prompt: string): string => prompt.replace(/^an? /i, 'the ');

interface Replacement {
  readonly target: string;
  readonly prompt: string;
}

/** "replace the cup with a cat", "turn the cup into a cat", "컵을 고양이로 바꿔줘". */
export const replace = defineIntent<Replacement>({
  name: 'replace',
  openEnded: true,
  parse: readReplacements,
  plan: ({ target, prompt }, language) => [
    ...findSteps(target, language),
    {
      tool: 'inpaint_image',
      target,
      message:
        language === 'ko'
          ? `${withParticle(shownTarget(target, language), '을/를')} ${withParticle(prompt, '으로/로')} 바꾸기`
          : `Replace ${shownTarget(target, language)} with ${prompt}`,
      input: { prompt },
      needs: ['image', 'mask'],
    },
  ],
  leaves: ({ target, prompt }) => ({
    // "The right one" is another of what was replaced.
    refers: { it: madeThing(prompt), one: target },
    edit: { kind: 'replace', thing: target, deed: { tool: 'inpaint_image', prompt } },
  }),
  report({ target, prompt }, [, cut, edited], language) {
    const result = readEdit(edited);
    if (!result) return undefined;
    const named = recognisedAs(cut, language);
    const what = shownTarget(target, language) + named;
    if (language === 'ko') {
      const done = `${withParticle(shownTarget(target, language), '을/를')} ${withParticle(prompt, '으로/로')} 바꿨습니다${named}`;
      return verdict({ done, seen: `${withParticle(prompt, '이/가')} 있습니다`, what }, result, language);
    }
    return verdict({ done: `I replaced ${what} with ${prompt}`, seen: 'it is there', what }, result, language);
  },
});

function readReplacements(clause: Clause): readonly Replacement[] {
  const groups = matchPatterns(patterns, clause);
  const prompt = groups?.prompt?.trim().replace(/^["'“‘]+|["'”’]+$/g, '');
  if (!prompt || prompt.length > 1000 || !/[\p{L}\p{N}]/u.test(prompt)) return [];
  if (/^(?:걸|것|거)$/.test(prompt) || /^대신/.test(prompt)) return [];
  if (/^(?:걸|것|거)[ 을를]/.test(prompt)) return [];
  const words =
    groups?.target?.trim().replace(/^.*있는 (?:자리|곳|데)(?:에다가?|에)?,? (?=\S)/, '') || clause.context.it;
  if (words === undefined || wholePicture.test(words)) return [];
  return targetPhrases(words, clause).map((target) => ({ target, prompt }));
}
