import { encodeImage, type Image, resizePixels } from '@atelier/sdk/image';
import type { Services } from '../services.ts';
import { createLine, type Line } from './line.ts';
import { orCancelled } from './or-cancelled.ts';
import { perServices } from './per-services.ts';

export interface Preview {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp' | 'image/jpeg';
}

export interface PreviewRequest {
  /** Pixels, 16..2048. A narrower picture is not enlarged. */
  readonly width: number;
  readonly format: 'webp' | 'jpeg';
}

/** Encoded previews that are kept at hand. */
const mostCachedBytes = 64 * 1024 * 1024;
/** WebP holds no longer side. */
const longestSide = 16_383;
const quality = 80;

interface Previews {
  readonly line: Line;
  /** By content, not by tenant: equal ids are equal pictures. Whoever asks has shown before that the picture is theirs. */
  readonly kept: Map<string, Preview>;
  bytes: number;
}

const previewsOf = perServices<Previews>(() => ({
  line: createLine({ atOnce: 2, waiting: 128 }),
  kept: new Map(),
  bytes: 0,
}));

/** WebP unless the caller takes pictures and not this one. */
export const previewFormat = (accept: string | null): PreviewRequest['format'] =>
  accept === null || /image\/webp|\*\/\*|image\/\*/i.test(accept) || !/image\//i.test(accept) ? 'webp' : 'jpeg';

/** Names the preview: part of its ETag. */
export const previewKey = (id: string, { width, format }: PreviewRequest): string => `${id}-${width}-${format}`;

/** A smaller copy of a picture that is known to be the tenant's. Throws `server-unavailable` (too many at once), `cancelled`. */
export async function previewOf(
  services: Services,
  tenant: string,
  id: string,
  request: PreviewRequest,
  signal: AbortSignal | undefined,
): Promise<Preview> {
  const previews = previewsOf(services);
  const key = previewKey(id, request);
  const kept = previews.kept.get(key);
  if (kept) return keep(previews, key, kept);
  return orCancelled(signal, () =>
    previews.line.run(async () => {
      // Many ask for one picture at the same moment: those who waited find what the first one made.
      const made = previews.kept.get(key);
      if (made) return made;
      const image = await services.studioOf(tenant).vision.load(id, { signal });
      return keep(previews, key, await shrink(image, request, signal));
    }, signal),
  );
}

async function shrink(
  image: Image,
  { width, format }: PreviewRequest,
  signal: AbortSignal | undefined,
): Promise<Preview> {
  const scale = Math.min(1, width / image.width, longestSide / image.height);
  const size = {
    width: Math.max(1, Math.round(image.width * scale)),
    height: Math.max(1, Math.round(image.height * scale)),
  };
  const small = await resizePixels(image, size, { signal });
  const { bytes } = await encodeImage(small, { format, quality, signal });
  return { bytes, mediaType: `image/${format}` };
}

/** The latest used stay. */
function keep(previews: Previews, key: string, preview: Preview): Preview {
  const { kept } = previews;
  const before = kept.get(key);
  if (before) previews.bytes -= before.bytes.length;
  kept.delete(key);
  kept.set(key, preview);
  previews.bytes += preview.bytes.length;
  for (const [oldest, { bytes }] of kept) {
    if (previews.bytes <= mostCachedBytes) break;
    kept.delete(oldest);
    previews.bytes -= bytes.length;
  }
  return preview;
}
