/**
 * OKLab, after Björn Ottosson, "A perceptual color space for image processing" (2020).
 * L 0..1; a and b about -0.4..0.4. Linear sRGB channels 0..1 for colours inside the gamut.
 */
export interface Oklab {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

export type LinearRgb = readonly [red: number, green: number, blue: number];

/** sRGB byte to linear light, 0..1. */
export const linearOfByte: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Linear light to an sRGB value 0..255, not rounded; clamped to the gamut. */
export function byteOfLinear(value: number): number {
  if (value <= 0) return 0;
  if (value >= 1) return 255;
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
}

/** Of linear red, green and blue in relative luminance (BT.709). */
export const luminanceWeights: LinearRgb = [0.2126, 0.7152, 0.0722];

/** Relative luminance of linear light. */
export const luminance = ([red, green, blue]: LinearRgb): number =>
  luminanceWeights[0] * red + luminanceWeights[1] * green + luminanceWeights[2] * blue;

export function oklabOfLinear([red, green, blue]: LinearRgb): Oklab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

/** May leave 0..1 for colours outside sRGB. */
export function linearOfOklab({ L, a, b }: Oklab): LinearRgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export const oklabOfBytes = (red: number, green: number, blue: number): Oklab =>
  oklabOfLinear([linearOfByte[red], linearOfByte[green], linearOfByte[blue]]);

export const chromaOf = ({ a, b }: Oklab): number => Math.hypot(a, b);

/** Degrees, 0..360. */
export const hueOf = ({ a, b }: Oklab): number => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;

/** The smaller angle between two hues, degrees, 0..180. */
export function hueDistance(one: number, other: number): number {
  const difference = Math.abs(one - other) % 360;
  return difference > 180 ? 360 - difference : difference;
}

/** The nearest colour inside sRGB with the same lightness and hue, found by lowering the chroma. */
export function fitToGamut({ L, a, b }: Oklab): LinearRgb {
  const fits = (rgb: LinearRgb): boolean => rgb.every((channel) => channel >= -1e-4 && channel <= 1.0001);
  let low = 0;
  let high = 1;
  if (fits(linearOfOklab({ L, a, b }))) low = 1;
  for (let round = 0; round < 20 && low < 1; round++) {
    const middle = (low + high) / 2;
    if (fits(linearOfOklab({ L, a: a * middle, b: b * middle }))) low = middle;
    else high = middle;
  }
  const [red, green, blue] = linearOfOklab({ L, a: a * low, b: b * low });
  const clamp = (channel: number): number => Math.min(1, Math.max(0, channel));
  return [clamp(red), clamp(green), clamp(blue)];
}
