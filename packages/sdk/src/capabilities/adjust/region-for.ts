import { findOperation } from './find-operation.ts';
import type { AdjustRegion } from './operation.ts';

/** The region an operation works on where this one was asked for: operations of the frame have one of their own. Throws `invalid-input` for an unknown operation. */
export function regionFor(operation: string, asked: AdjustRegion | undefined): AdjustRegion {
  const found = findOperation(operation);
  return found.kind === 'frame' ? found.region : (asked ?? 'subject');
}
