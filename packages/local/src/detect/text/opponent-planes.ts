/** A picture as light and two opponent colours, in bytes; 128 is no colour. Cheap, and good enough to tell ink from ground. */
export interface OpponentPlanes {
  readonly width: number;
  readonly height: number;
  readonly light: Uint8Array;
  readonly redGreen: Uint8Array;
  readonly blueYellow: Uint8Array;
}

export function opponentPlanes(rgb: Uint8Array, width: number, height: number): OpponentPlanes {
  const [light, redGreen, blueYellow] = [0, 1, 2].map(() => new Uint8Array(width * height)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]; // Three went in.
  for (let at = 0; at < width * height; at++) {
    const r = rgb[3 * at] ?? 0;
    const g = rgb[3 * at + 1] ?? 0;
    const b = rgb[3 * at + 2] ?? 0;
    light[at] = 0.299 * r + 0.587 * g + 0.114 * b;
    redGreen[at] = 128 + (r - g) / 2;
    blueYellow[at] = 128 + (b - (r + g) / 2) / 2;
  }
  return { width, height, light, redGreen, blueYellow };
}

/** Half the size, by means of 2 x 2 cells. */
export function halve({ width, height, light, redGreen, blueYellow }: OpponentPlanes): OpponentPlanes {
  const half = (plane: Uint8Array): Uint8Array => halvePlane(plane, width, height);
  return {
    width: width >> 1,
    height: height >> 1,
    light: half(light),
    redGreen: half(redGreen),
    blueYellow: half(blueYellow),
  };
}

function halvePlane(data: Uint8Array, width: number, height: number): Uint8Array {
  const [across, down] = [width >> 1, height >> 1];
  const out = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const at = 2 * y * width + 2 * x;
      out[y * across + x] =
        ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0) + 2) >> 2;
    }
  }
  return out;
}
