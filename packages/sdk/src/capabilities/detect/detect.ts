import { AtelierError } from '../../errors/atelier-error.ts';
import type { Image } from '../../image/image.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import type { Detection } from './contract.ts';
import { anchorPhrases, parsePhrase, resolvePhrase } from './spatial/index.ts';

export interface DetectOptions extends CallOptions {
  /** What to look for, places and sizes included: "the cat on the left". Empty or left out: everything the backend knows. */
  readonly phrases?: readonly string[] | undefined;
  /** Smallest score to report, 0..1. Default: the backend's own. */
  readonly threshold?: number | undefined;
}

/** What one phrase led to. */
export interface PhraseMatches {
  readonly phrase: string;
  readonly matches: readonly Detection[];
  /** True for "all cups": the person wants every match. */
  readonly all: boolean;
  /** How many the person spoke of, where the words say a number. */
  readonly count?: number | undefined;
  /** Why nothing, or not one thing, fits the place or size asked for. */
  readonly reason?: string | undefined;
}

/** Finds things by words; places and sizes are resolved by geometry, the same way for every backend. */
export async function detectPhrases(
  context: VisionContext,
  image: Image,
  phrases: readonly string[],
  options: Omit<DetectOptions, 'phrases'> = {},
): Promise<readonly PhraseMatches[]> {
  const parsed = phrases.map((phrase) => ({ phrase, parsed: parsePhrase(phrase) }));
  const nouns = [...new Set(parsed.flatMap(({ parsed }) => [parsed.noun, ...anchorPhrases(parsed)]))].filter(Boolean);
  const needsAll = parsed.some(({ parsed }) => parsed.noun === '');
  const found = nouns.length > 0 ? await detectNouns(context, image, nouns, options) : [];
  const everything = needsAll ? await detectNouns(context, image, [], options) : [];
  return parsed.map(({ phrase, parsed }) => {
    const candidates = parsed.noun === '' ? everything : found.filter((detection) => detection.phrase === parsed.noun);
    const anchors = found.filter((detection) => anchorPhrases(parsed).includes(detection.phrase));
    const resolved = resolvePhrase(parsed, candidates, { size: image, anchors });
    return {
      phrase,
      matches: resolved.matches.map((detection) => ({ ...detection, phrase })),
      all: parsed.all,
      count: parsed.count,
      reason: resolved.reason,
    };
  });
}

/** Asks the backend that can, once per picture and words. */
export async function detectNouns(
  context: VisionContext,
  image: Image,
  phrases: readonly string[],
  options: Omit<DetectOptions, 'phrases'> = {},
): Promise<readonly Detection[]> {
  const request = { image, phrases, ...(options.threshold === undefined ? {} : { threshold: options.threshold }) };
  const routed = route(context.backends, 'detect', request);
  const { backend, capability } = routed;
  const key = JSON.stringify([image.id, backend, capability.model, [...phrases].sort(), options.threshold ?? null]);
  const known = context.detections.get(key);
  if (known) return known;
  const detections = await runCapability('detect', routed, request, options);
  context.detections.set(key, detections);
  return detections;
}

/** Everything that is recognised; nothing where every detector must be told what to look for. */
export async function detectAnything(
  context: VisionContext,
  image: Image,
  options: CallOptions = {},
): Promise<readonly Detection[]> {
  try {
    return await detectNouns(context, image, [], options);
  } catch (error) {
    if (AtelierError.isInstance(error) && /^(capability-unavailable|phrase-unknown)$/.test(error.code)) return [];
    throw error;
  }
}

/** `vision.detect`: every match of every phrase, sorted by score. Throws `phrase-unknown`, `capability-unavailable`. */
export async function detect(context: VisionContext, image: Image, options: DetectOptions = {}): Promise<Detection[]> {
  const phrases = (options.phrases ?? []).map((phrase) => phrase.trim());
  if (phrases.some((phrase) => phrase === '')) {
    throw new AtelierError({ code: 'invalid-input', message: 'A phrase is empty.', hint: 'Name a thing: "the cup".' });
  }
  if (phrases.length === 0) return [...(await detectNouns(context, image, [], options))];
  const results = await detectPhrases(context, image, phrases, options);
  return results.flatMap(({ matches }) => matches).sort((a, b) => b.score - a.score);
}
