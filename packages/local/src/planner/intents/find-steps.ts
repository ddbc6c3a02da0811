import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';
import { shownTarget, subjectPhrase } from '../wording/target-words.ts';

/** Find the thing, for everybody to see what is there. */
export function detectStep(phrases: readonly string[], language: Language): PlannedStep {
  const shown = phrases.map((phrase) => shownTarget(phrase, language)).join(', ');
  const nothingNamed = language === 'ko' ? '무엇이 있는지 찾기' : 'Find what is there';
  const named = language === 'ko' ? `${shown} 찾기` : `Find ${shown}`;
  return {
    tool: 'detect_objects',
    ...(phrases.length === 0 ? {} : { target: phrases.join(', ') }),
    message: phrases.length === 0 ? nothingNamed : named,
    input: { phrases: [...phrases] },
    needs: ['image'],
  };
}

export function segmentStep(phrase: string, language: Language): PlannedStep {
  const shown = shownTarget(phrase, language);
  return {
    tool: 'segment_object',
    target: phrase,
    message: language === 'ko' ? `${shown} 오려내기` : `Cut out ${shown}`,
    input: { phrase },
    needs: ['image'],
  };
}

/** Find and cut out: by the phrase, never by a found box, so that several matches become a question. */
export function findSteps(phrase: string, language: Language): readonly [PlannedStep, PlannedStep] {
  const phrases = phrase === subjectPhrase ? [] : [phrase];
  return [{ ...detectStep(phrases, language), optional: true }, segmentStep(phrase, language)];
}
