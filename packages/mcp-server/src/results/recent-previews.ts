import type { PreviewFile, Workshop } from '../workshop/workshop.ts';

export interface WantedPreview {
  /** Id of a picture, and of a mask to tint in it. */
  readonly id: string;
  readonly mask: string | undefined;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

interface MadePreview {
  readonly file: PreviewFile;
  /** What it was allowed to take. */
  readonly maxBytes: number;
}

/** Some megabytes for each tenant at most. */
const mostKept = 16;
/** By workshop, so by tenant. */
const kept = new WeakMap<Workshop, Map<string, MadePreview>>();

/**
 * What `workshop.preview` gives. The latest ones are kept: making one takes many times what a call takes that shows a picture again.
 * Ids stand for content, so they never grow stale; of a picture that is deleted, one may be shown until others take its place.
 */
export async function recentPreview(workshop: Workshop, wanted: WantedPreview): Promise<PreviewFile> {
  const { id, mask, maxBytes, signal } = wanted;
  const previews = kept.get(workshop) ?? new Map<string, MadePreview>();
  kept.set(workshop, previews);
  const key = `${id} ${mask ?? ''}`;
  const made = previews.get(key);
  previews.delete(key);
  const again = made !== undefined && isSame(made, maxBytes) ? made : undefined;
  const preview = again ?? { file: await workshop.preview(id, { mask, maxBytes, signal }), maxBytes };
  previews.set(key, preview);
  for (const [oldest] of previews) {
    if (previews.size <= mostKept) break;
    previews.delete(oldest);
  }
  return preview.file;
}

/** Whether the same file would be made: with more room than it had, it might be a better one. */
const isSame = ({ file, maxBytes }: MadePreview, wanted: number): boolean =>
  wanted === maxBytes || (wanted < maxBytes && file.bytes.length <= wanted);
