/** A rectangle of one-byte cells, row-major. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Interleaved colours without alpha: three bytes a pixel, row-major. */
export interface ColourPlane extends Plane {
  readonly channels: 3;
}

export const emptyPlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: new Uint8Array(width * height),
});

/** The same with fractions. */
export interface FloatPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}
