import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import type { Detection } from '../detect/contract.ts';
import type { Edit } from '../shared/edit.ts';
import type { EditCallOptions, VisionContext } from '../vision-context.ts';
import { changeFrame } from './change-frame.ts';
import { changePixels } from './change-pixels.ts';
import { findOperation, parseParameters } from './find-operation.ts';
import type { AdjustRegion } from './operation.ts';

export interface AdjustOptions extends EditCallOptions {
  /** A name from `adjustOperations`: `recolour`, `crop`, ... */
  readonly operation: string;
  /** The operation's own; see its schema. */
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  /** The subject. May be left out only with region `everything`, and for `straighten`. */
  readonly mask?: Mask | undefined;
  /** What the mask was made from, where words led to it: the second look asks whether these were cut out. */
  readonly things?: readonly Detection[] | undefined;
  /** Default `subject`. Operations of the frame have a region of their own: it is not asked for there. */
  readonly region?: AdjustRegion | undefined;
}

/** Changes how a region or the frame of the picture looks, without painting anything new, and measures on the pixels that it happened. */
export async function adjust(context: VisionContext, image: Image, options: AdjustOptions): Promise<Edit> {
  const operation = findOperation(options.operation);
  const parameters = parseParameters(operation, options.parameters ?? {});
  return operation.kind === 'frame'
    ? changeFrame(context, image, operation, parameters, options)
    : changePixels(context, image, operation, parameters, options);
}
