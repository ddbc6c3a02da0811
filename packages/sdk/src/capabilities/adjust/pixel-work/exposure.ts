import type { Pixels } from '../../../image/pixels.ts';
import { byteOfLinear, linearOfByte, luminanceWeights } from './oklab.ts';

/** Linear light, 0..1, to linear light. Rising; white stays white under a brightening curve. */
export type ToneCurve = (light: number) => number;

/** Linear light above which a brightened value is rolled off instead of clipped. */
const shoulder = 0.5;
/** Linear light that one stop of brightening adds to black, which no gain would ever lift. */
const liftOfStop = 0.006;

/** Exposure by so many stops, with a toe that lifts black and a shoulder under white, so that highlights keep their shape. */
export function exposureCurve(stops: number): ToneCurve {
  const gain = 2 ** stops;
  if (stops <= 0) return (light) => light * gain;
  const lift = liftOfStop * stops;
  const room = 1 - shoulder;
  // The roll-off ends exactly at white: the brightest input maps to 1.
  const most = (gain - shoulder) / room;
  return (light) => {
    const exposed = light * gain + lift * (1 - light);
    if (exposed <= shoulder) return exposed;
    const over = (exposed - shoulder) / room;
    return shoulder + (room * over * (1 + over / most ** 2)) / (1 + over);
  };
}

/** Of the missing luminance; more of it washes out skin and fabrics. */
const whiteShare = 0.45;

const [redShare, greenShare, blueShare] = luminanceWeights;
const fineSteps = 16_384;
const byteOfStep = Uint8Array.from({ length: fineSteps + 1 }, (_, step) => Math.round(byteOfLinear(step / fineSteps)));

/**
 * Runs every channel through the curve. Where a channel is at its end that leaves a colour too dark (pure red stays as
 * it is), and part of the missing luminance is mixed in as white, as film does. Alpha stays.
 */
export function expose({ data }: Pixels, curve: ToneCurve): Uint8Array {
  const light = Float64Array.from(linearOfByte, curve);
  const bytes = Uint8Array.from(light, (value) => Math.round(byteOfLinear(value)));
  const result = new Uint8Array(data.length);
  for (let pixel = 0; pixel < data.length; pixel += 4) {
    const [red, green, blue] = [data[pixel], data[pixel + 1], data[pixel + 2]];
    const wanted = curve(
      redShare * linearOfByte[red] + greenShare * linearOfByte[green] + blueShare * linearOfByte[blue],
    );
    const reached = redShare * light[red] + greenShare * light[green] + blueShare * light[blue];
    const white = reached < 1 ? (whiteShare * (wanted - reached)) / (1 - reached) : 0;
    if (white < 1e-3) {
      result[pixel] = bytes[red];
      result[pixel + 1] = bytes[green];
      result[pixel + 2] = bytes[blue];
    } else {
      result[pixel] = byteOfStep[((light[red] + (1 - light[red]) * white) * fineSteps + 0.5) | 0];
      result[pixel + 1] = byteOfStep[((light[green] + (1 - light[green]) * white) * fineSteps + 0.5) | 0];
      result[pixel + 2] = byteOfStep[((light[blue] + (1 - light[blue]) * white) * fineSteps + 0.5) | 0];
    }
    result[pixel + 3] = data[pixel + 3];
  }
  return result;
}
