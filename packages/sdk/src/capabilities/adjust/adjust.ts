import { AtelierError } from '../../errors/atelier-error.ts';
import type { Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Detection } from '../detect/contract.ts';
import { route } from '../route.ts';
import { runCapability } from '../run-capability.ts';
import { checkMask, type Edit, type PaintedEdit, paintThroughMask } from '../shared/edit.ts';
import type { Verification } from '../shared/receipt.ts';
import { adjustShape } from '../shared/shapes.ts';
import { honestly } from '../verify/honestly.ts';
import { mistakenTarget } from '../verify/mistaken-target.ts';
import type { EditCallOptions, VisionContext } from '../vision-context.ts';
import { findOperation, parseParameters } from './find-operation.ts';
import type { AdjustOperation, AdjustRegion } from './operation.ts';

export interface AdjustOptions extends EditCallOptions {
  /** A name from `adjustOperations`: `recolour`, `blur`, ... */
  readonly operation: string;
  /** The operation's own; see its schema. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** The subject. May be left out only with region `everything`. */
  readonly mask?: Mask | undefined;
  /** What the mask was made from, where words led to it: the second look asks whether these were cut out. */
  readonly things?: readonly Detection[] | undefined;
  /** Default `subject`. */
  readonly region?: AdjustRegion | undefined;
}

/** Changes how a region looks, without painting anything new, and measures on the pixels that it happened. */
export async function adjust(context: VisionContext, image: Image, options: AdjustOptions): Promise<Edit> {
  const operation = findOperation(options.operation);
  const parameters = parseParameters(operation, options.parameters ?? {});
  const selected = selectRegion(image, options.region ?? 'subject', options.mask);
  const proposal = { image, operation: operation.name, parameters, alpha: selected.data };
  const routed = route(context.backends, 'adjust', proposal);
  const painted = await paintThroughMask(
    image,
    selected,
    { shape: adjustShape(selected), margin: 0, protection: options.protection, signal: options.signal },
    (crop) =>
      runCapability(
        'adjust',
        routed,
        { image: crop.image, operation: operation.name, parameters, alpha: crop.alpha },
        options,
      ),
  );
  const { mask, things = [], signal } = options;
  const verified = await honestly(
    signal,
    async () =>
      (mask && (await mistakenTarget(context, image, mask, things, { signal }))) ??
      measure(image, painted, operation, parameters),
  );
  return {
    image: painted.image,
    mask: painted.mask,
    verified,
    receipt: {
      capability: 'adjust',
      backend: routed.backend,
      model: routed.capability.model,
      operation: { name: operation.name, parameters },
      ...painted.counts,
      before: image.id,
      after: painted.image.id,
      mask: painted.mask.id,
      encoding: 'lossless',
    },
  };
}

function selectRegion(image: Image, region: AdjustRegion, mask: Mask | undefined): Mask {
  if (region === 'everything') return Mask.fromBox(image, { x: 0, y: 0, width: image.width, height: image.height });
  if (!mask) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `Region "${region}" needs the mask of the subject.`,
      hint: 'Segment the subject first, or use region "everything".',
    });
  }
  checkMask(image, mask);
  return region === 'background' ? mask.invert() : mask;
}

/** Evidence needs a sample, and the event loop needs its turn: at most about this many pixels are measured. */
const sampledPixels = 1_000_000;
/** They lie in this many bands of rows, spread over the region: neighbours stay neighbours, and no part is left out. */
const bands = 8;

function measure(
  before: Image,
  painted: PaintedEdit,
  operation: AdjustOperation,
  parameters: Readonly<Record<string, unknown>>,
): Verification {
  // "As asked" must not be claimed of a picture that was so before: a white one brightened, a flat one blurred.
  if (painted.counts.changedInsideMask === 0) return { ok: false, reason: 'no pixel changed', by: 'pixels' };
  const { box, alpha } = painted.region;
  const rows = sampleRows(box);
  const sample = (pixels: Pixels): Pixels => ({
    width: box.width,
    height: rows.length,
    data: pickRows(pixels.data, rows, (row) => ((box.y + row) * pixels.width + box.x) * 4, box.width * 4),
  });
  const weights = pickRows(alpha, rows, (row) => row * box.width, box.width);
  const { done, evidence } = operation.measure(sample(before), sample(painted.image), parameters, weights);
  return { ok: done, reason: evidence, by: 'pixels' };
}

function sampleRows({ width, height }: Size): number[] {
  const all = Array.from({ length: height }, (_, row) => row);
  const bandHeight = Math.max(1, Math.floor(sampledPixels / bands / width));
  if (bandHeight * bands >= height) return all;
  return Array.from({ length: bands }, (_, band) => {
    const top = Math.round((band * (height - bandHeight)) / (bands - 1));
    return all.slice(top, top + bandHeight);
  }).flat();
}

function pickRows(
  bytes: Uint8Array,
  rows: readonly number[],
  startOf: (row: number) => number,
  length: number,
): Uint8Array {
  const picked = new Uint8Array(rows.length * length);
  rows.forEach((row, index) => {
    const start = startOf(row);
    picked.set(bytes.subarray(start, start + length), index * length);
  });
  return picked;
}
