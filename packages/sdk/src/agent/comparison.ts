import type { Library } from '../assets/library.ts';
import { comparePixels, type PixelChange } from '../history/compare-pictures.ts';
import { findEdit, pathTo } from '../history/edit-graph.ts';
import type { EditNode, KnownImage, SessionRecord } from '../history/session-record.ts';
import { isImageId } from '../image/image-input.ts';
import { describeImage } from '../tools/tool-context.ts';

/** Two pictures of a session side by side. */
export interface Comparison {
  /** Image ids and sizes in pixels. */
  readonly a: KnownImage;
  readonly b: KnownImage;
  /** What differs; null where the sizes do. `mask`: id of the mask of the pixels that differ, null where none does. */
  readonly change: (PixelChange & { readonly mask: string | null }) | null;
  /** The edits that led to each, in order: those of both, and those that only one rests on. */
  readonly edits: {
    readonly common: readonly EditNode[];
    readonly onlyA: readonly EditNode[];
    readonly onlyB: readonly EditNode[];
  };
}

/** Compares what two edits led to, or two pictures by their ids. Throws `not-found`. */
export async function compare(
  record: SessionRecord,
  library: Library,
  a: string,
  b: string,
  signal?: AbortSignal,
): Promise<Comparison> {
  const [placeA, placeB] = [placeOfEither(record, a), placeOfEither(record, b)];
  const imageA = await library.getImage(placeA.image, signal);
  const imageB = await library.getImage(placeB.image, signal);
  const compared = await comparePixels(imageA, imageB, signal);
  const mask = compared && compared.mask.area > 0 ? await library.putMask(compared.mask) : null;
  const [pathA, pathB] = [pathTo(record.edits, placeA.edit), pathTo(record.edits, placeB.edit)];
  const isIn = (path: readonly EditNode[]) => (edit: EditNode) => path.some(({ id }) => id === edit.id);
  return {
    a: describeImage(imageA),
    b: describeImage(imageB),
    change: compared && { ...compared.change, mask },
    edits: {
      common: pathA.filter(isIn(pathB)),
      onlyA: pathA.filter((edit) => !isIn(pathB)(edit)),
      onlyB: pathB.filter((edit) => !isIn(pathA)(edit)),
    },
  };
}

function placeOfEither(record: SessionRecord, id: string): { readonly image: string; readonly edit: string | null } {
  if (!isImageId(id)) return { image: findEdit(record.edits, id).receipt.after, edit: id };
  if (record.current === id) return { image: id, edit: record.head };
  return { image: id, edit: record.edits.findLast(({ receipt }) => receipt.after === id)?.id ?? null };
}
