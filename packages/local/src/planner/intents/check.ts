import type { Condition } from '../grammar/condition.ts';
import type { Language } from '../grammar/language.ts';
import { lookedFor } from '../wording/found-things.ts';
import { readAnswer, readDetections } from '../wording/tool-results.ts';
import { askStep } from './ask-step.ts';
import { detectStep } from './find-steps.ts';
import type { Intent, StepOutputs } from './intent.ts';

/** Looks whether a condition holds, for the intents that wait for it. */
export function checkOf(condition: Condition, language: Language): Intent {
  const { kind } = condition;
  return {
    name: 'check',
    steps: kind === 'seen' ? [detectStep([condition.phrase], language)] : [askStep(condition.question, language)],
    leaves:
      kind === 'seen'
        ? { refers: { it: condition.about ?? condition.phrase, one: condition.about ?? condition.phrase } }
        : {},
    openEnded: false,
    report: ([output]) => {
      if (kind === 'asked') return readAnswer(output);
      const things = readDetections(output);
      return things && lookedFor(things, condition.phrase, language);
    },
    judge: (outputs) => (kind === 'seen' ? countFits(condition, outputs) : saysYes(outputs)),
  };
}

function countFits(
  { least, most = Number.POSITIVE_INFINITY }: Extract<Condition, { kind: 'seen' }>,
  [output]: StepOutputs,
) {
  const things = readDetections(output);
  return things && things.length >= least && things.length <= most;
}

/** The first word of an answer that says yes or no; where none does, nobody can tell. */
function saysYes([output]: StepOutputs): boolean | undefined {
  const said = readAnswer(output)?.trim() ?? '';
  if (/^(?:yes|yeah|yep|correct|true|네|예|응|맞)/i.test(said)) return true;
  return /^(?:no\b|nope|not\b|false|아니|없)/i.test(said) ? false : undefined;
}
