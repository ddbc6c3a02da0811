import type { CallContext, Image } from '@atelier/sdk';
import type { RunTask } from '../worker/pool.ts';
import { knownThings } from './labels.ts';
import { lookEverywhere, type Thresholds } from './look-everywhere.ts';

type Found = Awaited<ReturnType<typeof lookEverywhere>>;
type Kind = keyof Thresholds;

const kinds: readonly Kind[] = ['objects', 'faces'];
/** Pictures-and-thresholds remembered: the ones that a run looks at again and again. */
const remembered = 16;

const kindOf = (thing: number): Kind => (knownThings[thing]?.label === 'face' ? 'faces' : 'objects');

/** `lookEverywhere`, which runs each model over a picture once: the same boxes answer "the cup" and "everything". */
export function rememberingLook(runTask: RunTask) {
  const seen = new Map<string, Found>();
  return async (image: Image, thresholds: Thresholds, context: CallContext): Promise<Found> => {
    context.signal?.throwIfAborted();
    const keyOf = (kind: Kind) => `${image.id} ${kind} ${thresholds[kind]}`;
    const wanted = kinds.filter((kind) => thresholds[kind] !== undefined);
    const missing = wanted.filter((kind) => !seen.has(keyOf(kind)));
    const found: Found[number][] = wanted.flatMap((kind) => seen.get(keyOf(kind)) ?? []);
    if (missing.length === 0) return found;
    const still = (kind: Kind) => (missing.includes(kind) ? thresholds[kind] : undefined);
    const looked = await lookEverywhere(runTask, image, { objects: still('objects'), faces: still('faces') }, context);
    for (const kind of missing) {
      seen.set(
        keyOf(kind),
        looked.filter(({ thing }) => kindOf(thing) === kind),
      );
    }
    for (const key of seen.keys()) if (seen.size > remembered) seen.delete(key);
    return [...found, ...looked];
  };
}
