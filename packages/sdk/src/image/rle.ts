/** COCO's compressed run-length mask: `size` is [height, width], `counts` the ASCII string pycocotools writes. */
export interface RleMask {
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

export function encodeRle(_mask: { width: number; height: number; data: Uint8Array }): RleMask {
  throw new Error('not written yet');
}

export function decodeRle(_rle: RleMask): Uint8Array {
  throw new Error('not written yet');
}
