import './host.ts';

/** IEEE 754 binary16 and bfloat16 differ only in these. */
interface Format {
  readonly fractionBits: number;
  /** Also the largest exponent; the smallest of a normal number is 1 - bias. */
  readonly bias: number;
}

const float16: Format = { fractionBits: 10, bias: 15 };
const bfloat16: Format = { fractionBits: 7, bias: 127 };

/** Bits of half floats (datatype FP16): rounded to nearest, ties to even; too large becomes infinity, NaN the quiet NaN. */
export const toFloat16 = (values: ArrayLike<number>): Uint16Array =>
  values instanceof Float32Array ? narrowSingles(values, halfOfSingle) : narrow(values, float16);

/** Bits of bfloat16 (datatype BF16): rounded to nearest, ties to even; too large becomes infinity, NaN the quiet NaN. */
export const toBfloat16 = (values: ArrayLike<number>): Uint16Array =>
  values instanceof Float32Array ? narrowSingles(values, bfloatOfSingle) : narrow(values, bfloat16);

/** The numbers of half floats, exactly: every one is a float32 too. */
export function fromFloat16(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  halfToSingle ??= buildHalfToSingle();
  for (let index = 0; index < bits.length; index++) words[index] = halfToSingle[bits[index] ?? 0] ?? 0;
  return new Float32Array(words.buffer);
}

/** The numbers of bfloat16, exactly: its bits are the upper half of a float32. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let index = 0; index < bits.length; index++) words[index] = (bits[index] ?? 0) << 16;
  return new Float32Array(words.buffer);
}

/** The common case, on the bits alone: several times faster than over doubles. */
function narrowSingles(values: Float32Array, narrowed: (magnitude: number) => number): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const bits = new Uint16Array(words.length);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0;
    bits[index] = ((word >>> 16) & 0x8000) | narrowed(word & 0x7fffffff);
  }
  return bits;
}

/** `magnitude`: bits of a float32 without its sign. */
function halfOfSingle(magnitude: number): number {
  if (magnitude > 0x7f800000) return 0x7e00;
  if (magnitude >= 0x47800000) return 0x7c00;
  // From 2^-14 on both are normal: another bias, 13 bits less. A carry up to infinity is right.
  if (magnitude >= 0x38800000) return (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
  const shift = 126 - (magnitude >>> 23);
  if (shift > 24) return 0;
  const significand = (magnitude & 0x7fffff) | 0x800000;
  return (significand + (1 << (shift - 1)) - 1 + ((significand >>> shift) & 1)) >>> shift;
}

/** `magnitude`: bits of a float32 without its sign. The exponents are the same, so that rounding is all there is to do. */
function bfloatOfSingle(magnitude: number): number {
  if (magnitude > 0x7f800000) return 0x7fc0;
  return (magnitude + 0x7fff + ((magnitude >>> 16) & 1)) >>> 16;
}

const double = new Float64Array(1);
const doubleWords = new Uint32Array(double.buffer);

/** Straight from the double: a detour over float32 would round twice. */
function narrow(values: ArrayLike<number>, { fractionBits, bias }: Format): Uint16Array {
  const bits = new Uint16Array(values.length);
  const infinity = (2 * bias + 1) << fractionBits;
  // Halfway from the largest number to the next power of two; ties go to even, which is infinity.
  const overflow = (2 - 2 ** -(fractionBits + 1)) * 2 ** bias;
  for (let index = 0; index < values.length; index++) {
    double[0] = values[index] ?? 0;
    const upper = doubleWords[1] ?? 0;
    const sign = (upper >>> 16) & 0x8000;
    const magnitude = Math.abs(double[0]);
    if (Number.isNaN(magnitude)) bits[index] = sign | infinity | (1 << (fractionBits - 1));
    else if (magnitude >= overflow) bits[index] = sign | infinity;
    else {
      const exponent = Math.max(((upper >>> 20) & 0x7ff) - 1023, 1 - bias);
      // 2 ^ (fractionBits - exponent), so that one unit is one step of the result: exact, like every product with it.
      doubleWords[0] = 0;
      doubleWords[1] = (1023 + fractionBits - exponent) << 20;
      const steps = magnitude * double[0];
      // Adding 2^52 leaves no fraction: the machine's own rounding to nearest even. A carry into the exponent is right.
      bits[index] = sign | (((exponent + bias - 1) << fractionBits) + (steps + 2 ** 52 - 2 ** 52));
    }
  }
  return bits;
}

/** Bits of the float32 of each half float; 256 KiB, built at first use. */
let halfToSingle: Uint32Array | undefined;

function buildHalfToSingle(): Uint32Array {
  const words = new Uint32Array(2 ** 16);
  const singles = new Float32Array(words.buffer);
  for (let half = 0; half < words.length; half++) {
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) singles[half] = fraction * 2 ** -24;
    else words[half] = ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
    words[half] = ((words[half] ?? 0) | ((half & 0x8000) << 16)) >>> 0;
  }
  return words;
}
