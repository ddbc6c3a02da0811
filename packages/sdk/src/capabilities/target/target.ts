import { z } from 'zod';
import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, boxSchema } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import { detectAnything, detectNouns, detectPhrases, type PhraseMatches } from '../detect/detect.ts';
import type { PointPrompt } from '../segment/contract.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { mainSubject } from './main-subject.ts';

/** What a call is about: exactly one of these; `choice` goes with `phrase`. */
export interface Target {
  /** Words for the thing: "the red cup on the left", "all cups". */
  readonly phrase?: string | undefined;
  /** Pixels. */
  readonly box?: Box | undefined;
  readonly points?: readonly PointPrompt[] | undefined;
  readonly mask?: Mask | undefined;
  /** Answers "which one?": the candidate's number, from 1. */
  readonly choice?: number | undefined;
}

/** A candidate's one definition: tools and the command line's JSON derive theirs from it. */
export const candidateSchema = z.object({
  number: z.number().int().positive(),
  label: z.string(),
  score: z.number(),
  box: boxSchema,
});

/** One thing a person may choose; numbered from the left, from 1. */
export type Candidate = Readonly<z.infer<typeof candidateSchema>>;

/** Several things fit (`ambiguous`), or none does and these were seen instead (`no-match`). */
export interface ChoiceNeeded {
  readonly needs: 'choice';
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly candidates: readonly Candidate[];
}

/** The things meant, before they are cut out. */
export interface FoundThings {
  readonly needs?: undefined;
  readonly detections: readonly Detection[];
}

/** Words that mean "whatever this picture is of". */
const subjectWords = new Set(['the subject', 'subject', 'main subject', 'the main subject', '주인공', '피사체']);

/** Finds what a phrase means, or says that a person has to choose: never by taking the first. */
export async function findTarget(
  context: VisionContext,
  image: Image,
  phrase: string,
  options: CallOptions & { readonly choice?: number | undefined } = {},
): Promise<FoundThings | ChoiceNeeded> {
  if (subjectWords.has(phrase.trim().toLowerCase())) {
    const things = mainSubject(await detectNouns(context, image, [], options), image);
    // They answer these words, by whatever name they were recognised.
    return { detections: things.map((thing) => ({ ...thing, phrase })) };
  }
  const [result] = await detectPhrases(context, image, [phrase], options);
  if (result.all && result.matches.length > 0) {
    checkCount(result);
    return { detections: result.matches };
  }
  if (result.matches.length === 1 && options.choice === undefined) return { detections: result.matches };
  const reason = result.matches.length > 0 ? 'ambiguous' : 'no-match';
  const offered = reason === 'ambiguous' ? result.matches : await whatIsThere(context, image, options);
  if (offered.length === 0) {
    throw new AtelierError({
      code: 'no-match',
      message: `Nothing in the picture matches "${phrase}", and nothing else was recognised.`,
      hint: 'Name the thing differently, or give a box or points.',
    });
  }
  const ordered = [...offered].sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
  if (options.choice === undefined) return { needs: 'choice', reason, phrase, candidates: ordered.map(toCandidate) };
  return { detections: [pick(ordered, options.choice)] };
}

/** "The two faces" where there is one: nobody may be told that two were found. */
function checkCount({ phrase, matches, count }: PhraseMatches): void {
  if (count === undefined || count === matches.length) return;
  throw new AtelierError({
    code: 'no-match',
    message: `"${phrase}" speaks of ${count}; I see ${matches.length}.`,
    hint: 'Say "all" for every one that is seen, or say which ones.',
    details: { reason: 'count', phrase, candidates: matches.map(toCandidate) },
  });
}

const toCandidate = ({ label, score, box }: Detection, index: number): Candidate => ({
  number: index + 1,
  label,
  score,
  box,
});

function pick(ordered: readonly Detection[], choice: number): Detection {
  const chosen = ordered[choice - 1];
  if (chosen) return chosen;
  throw new AtelierError({
    code: 'invalid-input',
    message: `There is no candidate ${choice}.`,
    hint: `Choose a number from 1 to ${ordered.length}.`,
    details: { candidates: ordered.map(toCandidate) },
  });
}

async function whatIsThere(context: VisionContext, image: Image, options: CallOptions): Promise<readonly Detection[]> {
  const seen = await detectAnything(context, image, options);
  return [...seen].sort((a, b) => b.score - a.score).slice(0, 9);
}
