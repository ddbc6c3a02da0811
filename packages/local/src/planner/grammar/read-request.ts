import type { Intent } from '../intents/intent.ts';
import { beyondIn } from './beyond/beyond.ts';
import { carryOut, type Progress, type Setting } from './carry-out.ts';
import { type Context, noContext } from './context.ts';
import { type Doubt, whyNotUnderstood } from './doubt.ts';
import { plainEnglish } from './english/plain-english.ts';
import { type Language, languageOf } from './language.ts';
import { nothingYet, readSentence } from './read-sentence.ts';
import { sentencesOf } from './sentences.ts';

/** Longer requests are not read at all. Characters. */
export const longestRequest = 2000;

/** The plan tool takes no more steps than this. */
const mostSteps = 30;

export interface ReadRequest {
  /** The language of the answer. */
  readonly language: Language;
  /** In the order to carry them out; empty when `notUnderstood`. */
  readonly intents: readonly Intent[];
  /** The words that made no sense; one part that is not understood stops all of it, for half a request is a wrong one. */
  readonly notUnderstood?: string;
  /** Why they made none, where that can be told. */
  readonly doubt?: Doubt;
}

/** What surrounds a request. */
export interface Surroundings {
  /** Default: nothing was said before. */
  readonly context?: Context | undefined;
  /** Default: the language of the request. */
  readonly answerIn?: Language | undefined;
}

/** Turns a text into what it asks for. Pure; never throws. */
export function readRequest(text: string, { context = noContext, answerIn }: Surroundings = {}): ReadRequest {
  const spoken = languageOf(text);
  const language = answerIn ?? spoken;
  const written = withoutEmoji(text.normalize('NFC')).trim();
  const asked = spoken === 'en' ? plainEnglish(written) : written.replace(/\bbg\b/gi, 'background');
  if (asked === '' || asked.length > longestRequest) return { language, intents: [], notUnderstood: asked };
  const setting = { language: spoken, answerIn, context };
  let now = nothingYet(setting);
  for (const sentence of sentencesOf(asked)) {
    const reading = readSentence(sentence, setting, now);
    if (!reading.intents) {
      const doubt = whyNotUnderstood(sentence, reading.failed, { ...setting, context: now.context });
      return { language, intents: [], notUnderstood: sentence, ...(doubt ? { doubt } : {}) };
    }
    const earlier = new Set(now.intents);
    const asked = reading.intents.filter((intent) => !earlier.has(intent));
    // "But not the handle." is said of what was asked for before.
    const beyond = beyondIn(sentence, asked.length > 0 ? asked : reading.intents, spoken);
    if (beyond) return { language, intents: [], notUnderstood: sentence, doubt: { kind: 'beyond', beyond } };
    now = reading;
  }
  const { intents } = withMending(now, setting);
  const steps = intents.reduce((sum, intent) => sum + intent.steps.length, 0);
  return steps === 0 || steps > mostSteps ? { language, intents: [], notUnderstood: asked } : { language, intents };
}

/** Who only complains that the picture is crooked wants it straight. */
function withMending(now: Progress, setting: Setting): Progress {
  if (now.intents.length > 0 || now.fault === undefined) return now;
  const mended = carryOut(now, { kind: 'request', text: now.fault }, setting);
  return 'failed' in mended ? now : mended;
}

/** Pictographs decorate a request; they name nothing a tool could find. */
const withoutEmoji = (text: string): string =>
  text.replace(/(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3)+/gu, ' ');
