import type { Language } from '../grammar/language.ts';
import type { PlannedStep } from '../step.ts';
import { shownTarget, subjectPhrase } from '../wording/target-words.ts';

/** Find the things, for everybody to see what is there; no phrases: whatever can be recognised. */
export function detectStep(phrases: readonly string[], language: Language): PlannedStep {
  const shown = phrases.map((phrase) => shownTarget(phrase, language)).join(', ');
  const message = language === 'ko' ? `${shown || '무엇이 있는지'} 찾기` : `Find ${shown || 'what is there'}`;
  return {
    tool: 'detect_objects',
    ...(phrases.length === 0 ? {} : { target: phrases.join(', ') }),
    message,
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
