import type { Box, CallContext, Capability, Detection, DetectRequest, Image } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { intersectBoxes } from '@atelier/sdk/image';
import type { RunTask } from '../worker/pool.ts';
import { cutTile } from './cut-tile.ts';
import type { DetectTaskInput, DetectTaskOutput } from './detect-task.ts';
import { knownThings } from './labels.ts';
import { bestNames, mergeDetections, type TileDetection } from './merge.ts';
import { planTiles } from './tiles.ts';
import { type KnownPhrase, knownLabels, lookUp, unknownPhrases } from './vocabulary.ts';

/**
 * Smallest scores reported when the request names none. At 0.3 the sample photographs keep their main things and little
 * else; BlazeFace gives true faces 0.85 and more, but a cat's face or a latte's foam up to 0.76.
 */
export const defaultThreshold = { objects: 0.3, faces: 0.8 } as const;
/** The models' noise floor: nothing below is a detection, whatever was asked. */
const lowestThreshold = 0.02;

/**
 * Finds the 80 things of COCO (CenterNet) and faces (BlazeFace) by name. Default threshold 0.3, for faces 0.8.
 * Scores are the models' own. Throws `phrase-unknown`, `invalid-input`, `backend-failed`.
 */
export function createDetect(runTask: RunTask): Capability<DetectRequest, readonly Detection[]> {
  return {
    model: 'centernet-coco+blazeface',
    able: ({ phrases }) => unknownPhrases(phrases) ?? true,
    run: (request, context) => detect(runTask, request, context),
  };
}

interface Wanted {
  readonly phrase: string;
  readonly labels: readonly string[];
}

async function detect(runTask: RunTask, request: DetectRequest, context: CallContext): Promise<readonly Detection[]> {
  const wanted = understand(request);
  const found = await lookEverywhere(runTask, request.image, thresholds(request, wanted), context);
  const merged = mergeDetections(found);
  const detections = (wanted ? merged : bestNames(merged)).flatMap(({ thing, score, box }) => {
    const label = knownThings[thing]?.label ?? '';
    if (!wanted) return [{ label, score, box, phrase: label }];
    return wanted.filter(({ labels }) => labels.includes(label)).map(({ phrase }) => ({ label, score, box, phrase }));
  });
  context.progress?.(1);
  return detections;
}

/** What each phrase may be called by the models; undefined when everything is wanted. */
function understand({ phrases, threshold }: DetectRequest): readonly Wanted[] | undefined {
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A threshold of ${threshold} is not a score.`,
      hint: 'Give a number from 0 to 1.',
    });
  }
  const unknown = unknownPhrases(phrases);
  if (unknown) throw new AtelierError({ ...unknown, message: unknown.hint });
  if (phrases.length === 0) return undefined;
  return [...new Set(phrases)].flatMap((phrase) => {
    const known: KnownPhrase | undefined = lookUp(phrase);
    return known ? [{ phrase, labels: known.labels }] : [];
  });
}

/** Which models run, and from which score on. Faces cost time, so they are looked for only when they are wanted. */
function thresholds({ threshold }: DetectRequest, wanted: readonly Wanted[] | undefined) {
  const labels = wanted ? wanted.flatMap((want) => want.labels) : knownLabels;
  const from = (initial: number) => Math.max(threshold ?? initial, lowestThreshold);
  return {
    objects: labels.some((label) => label !== 'face') ? from(defaultThreshold.objects) : undefined,
    faces: labels.includes('face') ? from(defaultThreshold.faces) : undefined,
  };
}

/** One tile at a time, the next one being cut while a worker looks at this one. */
async function lookEverywhere(
  runTask: RunTask,
  image: Image,
  from: Pick<DetectTaskInput, 'objects' | 'faces'>,
  { signal, progress }: CallContext,
): Promise<TileDetection[]> {
  signal?.throwIfAborted();
  const tiles = planTiles(image);
  const found: TileDetection[] = [];
  let next = tiles[0] && cutTile(image, tiles[0]);
  for (const [index, tile] of tiles.entries()) {
    const rgb = await next;
    signal?.throwIfAborted();
    const following = tiles[index + 1];
    next = following && cutTile(image, following);
    // Awaited only after this tile; a failure until then must not count as unhandled.
    next?.catch(() => {});
    if (!rgb) break;
    const input: DetectTaskInput = { rgb, aspect: tile.width / tile.height, ...from };
    const raw = await runTask<DetectTaskInput, DetectTaskOutput>('detect', input, {
      ...(signal && { signal }),
      progress: (share) => progress?.((index + share) / tiles.length),
    });
    found.push(...raw.flatMap((detection) => placeOnPicture(detection, tile, image)));
    progress?.((index + 1) / tiles.length);
  }
  return found;
}

/** From shares of the tile to pixels of the picture, clipped to the tile; none where nothing is left. */
function placeOnPicture(raw: DetectTaskOutput[number], tile: Box, image: Image): TileDetection[] {
  const box = {
    x: tile.x + raw.box.x * tile.width,
    y: tile.y + raw.box.y * tile.height,
    width: raw.box.width * tile.width,
    height: raw.box.height * tile.height,
  };
  // What lies beyond the tile was guessed, not seen.
  const seen = intersectBoxes(box, tile);
  return seen ? [{ ...raw, box: seen, cut: isCut(box, tile, image) }] : [];
}

/** Boxes end a little before the edge that cuts the thing. */
const edgeShare = 0.02;

function isCut(box: Box, tile: Box, image: Image): boolean {
  const nearX = tile.width * edgeShare;
  const nearY = tile.height * edgeShare;
  return (
    (tile.x > 0 && box.x <= tile.x + nearX) ||
    (tile.y > 0 && box.y <= tile.y + nearY) ||
    (tile.x + tile.width < image.width && box.x + box.width >= tile.x + tile.width - nearX) ||
    (tile.y + tile.height < image.height && box.y + box.height >= tile.y + tile.height - nearY)
  );
}
