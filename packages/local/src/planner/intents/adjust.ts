import type { JSONValue } from '@ai-sdk/provider';
import { matchAdjustment } from '@atelier/sdk';
import { readTarget } from '@atelier/sdk/adjust';
import type { Clause } from '../grammar/clause.ts';
import type { Language } from '../grammar/language.ts';
import { withPlainColours } from '../grammar/plain-colours.ts';
import { mayMeanPicture, targetPhrases } from '../grammar/target-phrases.ts';
import type { PlannedStep } from '../step.ts';
import { adjustmentTask, tellAdjustment } from '../wording/adjustments.ts';
import { asTask } from '../wording/as-task.ts';
import { withParticle } from '../wording/particles.ts';
import { recognisedAs } from '../wording/recognised.ts';
import { meansSeveral, shownTarget, subjectPhrase } from '../wording/target-words.ts';
import { readEdit } from '../wording/tool-results.ts';
import { verdict } from '../wording/verdict.ts';
import { findSteps } from './find-steps.ts';
import { defineIntent } from './intent.ts';
import { namesEditToUndo } from './undo.ts';

interface Adjustment {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, JSONValue>>;
  readonly region: 'subject' | 'background' | 'everything';
  /** The thing that changes or, with region `background`, that stays; undefined for the whole picture. */
  readonly target: string | undefined;
  /** The clause, for the person; undefined where they are answered in another language. */
  readonly words: string | undefined;
}

/** "make the cup blue", "blur the background", "사진을 밝게 해줘": whatever the adjust operations say they understand. */
export const adjust = defineIntent<Adjustment>({
  name: 'adjust',
  parse: readAdjustments,
  plan: ({ target, ...adjustment }, language) =>
    target === undefined
      ? [adjustStep(adjustment, undefined, language)]
      : [...findSteps(target, language), adjustStep(adjustment, target, language)],
  leaves: ({ target, region, operation, parameters }) => ({
    // "it" after "blur everything behind the couple" is the couple.
    ...(target !== undefined && target !== subjectPhrase ? { refers: { it: target, one: target } } : {}),
    edit: {
      kind: operation,
      ...(target === undefined ? {} : { thing: region === 'background' ? 'background' : target }),
      deed: { tool: 'adjust_image', operation, parameters },
    },
  }),
  report({ target, region, operation, parameters }, outputs, language) {
    const result = readEdit(outputs.at(-1));
    if (!result) return undefined;
    const named = target === undefined ? '' : recognisedAs(outputs[1], language);
    const what = changedThing(region, target, language);
    const several = region === 'subject' && target !== undefined && meansSeveral(target);
    const told = tellAdjustment({ operation, parameters, what, named, several }, language);
    return verdict({ ...told, what: what + named }, result, language);
  },
});

function readAdjustments(clause: Clause): readonly Adjustment[] {
  // 블러 취소해줘 asks for no blur, even where there is none to take back.
  if (namesEditToUndo(clause)) return [];
  const text = withPlainColours(clause.text);
  const match = matchAdjustment(text, clause.language) ?? withOmittedObject(clause);
  if (!match) return [];
  const { operation, region } = match;
  // The operations' parameters are JSON by contract: a brain sends the same ones as a tool's input.
  const parameters = match.parameters as Readonly<Record<string, JSONValue>>;
  const adjustment = {
    operation,
    parameters,
    region,
    words: clause.answerIn === undefined || clause.answerIn === clause.language ? clause.text : undefined,
  };
  if (region === 'everything') return operation === 'crop' ? [] : [{ ...adjustment, target: undefined }];
  if (match.target === undefined) {
    return [{ ...adjustment, target: subjectPhrase }];
  }
  const named = asWritten(match.target, text);
  // "make it black and white" read as "make (it black and) white".
  if (/ (?:and|or|to|into)$/i.test(named)) return [];
  // What stays must be cut out as one mask, so a list is one phrase there.
  if (region === 'background')
    return targetPhrases(named, clause).length === 0 ? [] : [{ ...adjustment, target: onlyThing(named, clause) }];
  const targets = targetPhrases(named, clause);
  // 배경도: a particle hides what the words mean.
  const [only] = targets;
  const reread = targets.length === 1 && only !== clause.context.it ? readTarget(only.toLowerCase()) : undefined;
  if (reread && reread.region !== 'subject')
    return [
      {
        ...adjustment,
        region: reread.region,
        target: reread.region === 'everything' ? undefined : (reread.target ?? subjectPhrase),
      },
    ];
  if (targets.length > 0) return targets.map((target) => ({ ...adjustment, target }));
  // "It" that is no thing in the picture is the picture.
  const asPicture = mayMeanPicture(named, clause.language) && !onlyOfThings.has(operation);
  return asPicture ? [{ ...adjustment, region: 'everything', target: undefined }] : [];
}

/** Nobody who says "make it red" wants the whole picture in one colour. */
export const onlyOfThings: ReadonlySet<string> = new Set(['recolour', 'fill', 'clear', 'outline']);

/** Korean leaves the object out where it is clear: "컵을 찾고 파랗게 칠해줘". */
function withOmittedObject({ text, language }: Clause): ReturnType<typeof matchAdjustment> {
  if (language !== 'ko' || /^(?:그 )?둘 ?다/.test(text)) return undefined;
  const match = matchAdjustment(`그것을 ${text}`, language);
  return match?.target === '그것' ? match : undefined;
}

function onlyThing(named: string, clause: Clause): string {
  const phrases = targetPhrases(named, clause);
  return phrases.length === 1 ? phrases[0] : named.trim();
}

/** The matcher answers in lower case; the person's own spelling is kept. */
function asWritten(target: string, text: string): string {
  const start = text.toLowerCase().indexOf(target);
  return start === -1 ? target : text.slice(start, start + target.length);
}

function adjustStep(
  { operation, parameters, region, words }: Omit<Adjustment, 'target'>,
  target: string | undefined,
  language: Language,
): PlannedStep {
  return {
    tool: 'adjust_image',
    ...(target === undefined ? {} : { target }),
    message:
      words === undefined
        ? adjustmentTask(operation, changedThing(region, target, language), language)
        : asTask(words, language),
    input: { operation, parameters: { ...parameters }, region },
    needs: target === undefined ? ['image'] : ['image', 'mask'],
  };
}

function changedThing(region: Adjustment['region'], target: string | undefined, language: Language): string {
  const shown = shownTarget(target ?? '', language);
  if (language === 'ko') {
    if (region === 'everything') return '사진 전체';
    return region === 'background' ? `${withParticle(shown, '을/를')} 뺀 나머지` : shown;
  }
  if (region === 'everything') return 'the whole picture';
  return region === 'background' ? `everything but ${shown}` : shown;
}
