import type { Clause } from '../grammar/clause.ts';
import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { foundThings } from '../wording/found-things.ts';
import { readDetections } from '../wording/tool-results.ts';
import { detectStep } from './find-steps.ts';
import { defineIntent } from './intent.ts';
import { matchTargets, type Patterns } from './match-target.ts';

const verbs = [
  '찾/찾아',
  '찾아내/찾아내',
  '탐지하',
  '감지하',
  '검출하',
  '표시하',
  '보여주/보여줘',
  '가리키/가리켜',
  '짚/짚어',
].map(koreanVerb);

const patterns: Patterns = {
  en: [
    /^(?:find me|find|detect|show me|show us|show|locate|point (?:at|to|out)|spot|highlight|look for|search for|identify|mark|box) (?<target>.+)$/i,
  ],
  ko: [new RegExp(`^(?<target>.*?) ?(?:어디(?:에)? 있는지 )?(?:${requestForms(verbs)})$`)],
};
const anything =
  /^(?:everything|anything|(?:all|every|the|all the|all of the) (?:things?|objects?)|what (?:is|'s) there)(?: there is)?$|^(?:모든 (?:것|물체|사물|객체)들?|전부|모두|물체들?|사물들?|객체들?|다)$/i;

/** "find the cups", "컵 찾아줘". */
export const detect = defineIntent<{ readonly phrases: readonly string[] }>({
  name: 'detect',
  parse: readPhrases,
  plan: ({ phrases }, language) => [detectStep(phrases, language)],
  leaves: ({ phrases: [phrase, ...others] }) =>
    phrase === undefined || others.length > 0 ? {} : { refers: { it: phrase, one: phrase } },
  report({ phrases }, [output], language) {
    const seen = readDetections(output);
    return seen && foundThings(seen, phrases, language);
  },
});

function readPhrases(clause: Clause): readonly { readonly phrases: readonly string[] }[] {
  const targets = matchTargets(patterns, clause);
  if (targets.length === 0) return [];
  return [{ phrases: targets.filter((target) => !anything.test(target)) }];
}
