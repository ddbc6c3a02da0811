/** A binary floating-point format of 16 bits (IEEE 754, section 3.4). */
interface Format {
  readonly bias: number;
  readonly mantissaBits: number;
  /** The bits of infinity. */
  readonly infinity: number;
}

const float16: Format = { bias: 15, mantissaBits: 10, infinity: 0x7c00 };
const bfloat16: Format = { bias: 127, mantissaBits: 7, infinity: 0x7f80 };

/** The bits of the half floats nearest to the values; ties go to even, what is too large becomes infinity. */
export const toFloat16 = (values: ArrayLike<number>): Uint16Array => toBits(values, float16);

/** The bits of the bfloat16 numbers nearest to the values; ties go to even, what is too large becomes infinity. */
export const toBfloat16 = (values: ArrayLike<number>): Uint16Array => toBits(values, bfloat16);

/** The values of half floats given by their bits; every one is exact. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (one) => {
    const exponent = (one >>> 10) & 0x1f;
    const mantissa = one & 0x3ff;
    const sign = one & 0x8000 ? -1 : 1;
    if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (mantissa + 0x400) * 2 ** (exponent - 25);
  });
}

/** The values of bfloat16 numbers given by their bits: they are the upper halves of float32. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (one) => one << 16).buffer);
}

const scratch = new DataView(new ArrayBuffer(8));

function toBits(values: ArrayLike<number>, format: Format): Uint16Array {
  const bits = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++) bits[index] = bitsOf(values[index], format);
  return bits;
}

/** Rounds once, from the double itself: by way of float32, ties would be decided twice. */
function bitsOf(value: number, { bias, mantissaBits, infinity }: Format): number {
  if (Number.isNaN(value)) return infinity | (1 << (mantissaBits - 1));
  scratch.setFloat64(0, value);
  const upper = scratch.getUint32(0);
  const sign = (upper >>> 16) & 0x8000;
  const exponent = ((upper >>> 20) & 0x7ff) - 1023;
  if (exponent > bias) return sign | infinity;
  const unitExponent = Math.max(exponent, 1 - bias);
  // In units of the last place. A carry out of the mantissa lands in the exponent, where it belongs.
  const units = roundToEven(Math.abs(value) * 2 ** (mantissaBits - unitExponent));
  return sign | Math.min(((unitExponent + bias - 1) << mantissaBits) + units, infinity);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
