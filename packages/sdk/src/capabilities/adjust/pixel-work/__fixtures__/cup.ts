import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { Mask } from '../../../../image/mask.ts';
import type { Pixels } from '../../../../image/pixels.ts';

const photo = fileURLToPath(new URL('../../../../../../../photos/coffee.png', import.meta.url));
const size: readonly [height: number, width: number] = [400, 600];

/** The cup of the photograph "coffee": red outside, white inside, brown coffee with a reddish edge. */
const masks = {
  whole:
    'beS2e0e;:I7I7I6J6K5_FYNR8j1kGZNo7k1nGXNn7l1oGXNl7l1`GeMN01b0]8m1aGmMM9`8Y3L3N3L4M2M4M2N3VH\\Kc7j4N3M2N3`JXKS3j4eL`KW3b4dLdKY3_4cLeKZ3]4cLeK\\3]4aLgK\\3[4aLgK^3[4_LhK_3Z4_LhK`3Y4]LiKb3Y4\\LiKb3Y4[LiKd3X4[LjKc3X4ZLjKf3W4XLkKf3V4YLkKf3W4WLlKh3U4ULmKj3U4TLlKk3U4TLmKk3T4RLnKm3[600O1O100O10O001O0N3O0100O10O010O10O01O010O1O001O010O1O1N110O1O001O1O10O100000O010O100001O0O10000000001O0000000O100000001O0000000000000000000000001O1O0000000001O00000000000000001O000000001O000001O0001O00000010O000001O03M3NN1000001N100L5N110O0L410O001O001O0I7100O01O010N110O1O001N1O2CXKoHi4o6>HcJXIa5e66M4M3OTJ`Ih5_66M3N1O200L4N2O001O100O100O100N2O1O1^OdInJ]6k4kIRKW6h4PJVKR6a4WJ^Ki5c3ZIQMn7k2UHQMQ8k2UHnLo7P3SHlLQ8l2aGQM`00T8k2^GSMZ9k28L4M3L3M4M3L5J5L5K5J6J7I9Da0\\OdlZ2',
  /** Mostly white inside and coffee: without the handle and the lower body. */
  upper:
    'beS2e0e;:I7I7I6J6K5_FYNR8j1kGZNo7k1nGXNn7l1oGXNl7l1`GeMN01b0]8m1aGmMM9`8Y3L3N3L4M2M4M2N3VH\\Kc7i4O1O1O1O1O1O1O<D2N2N2N2O0O1O1O1O100O1O100O1O100O100O1O100O100O100O100O100O100O10000O100O10000O100O1000000O10000O1000000O1000000O10000000000O1000000000000000000O100000000000000000000000000000000000000000000001O00000000000000001O000000001O00000000001O0000001O0000001O00001O0000001O00001O001O00001O001O001O00001O001O001O001O1O001O001O001O1O001O1O001O1O001O1O1O1O001O1O1O1O1O1O1O1O1O1O1K5J7G8QOWHQMn7k2UHQMQ8k2UHnLo7P3SHlLQ8l2aGQM`00T8k2^GSMZ9k28L4M3L3M4M3L5J5L5K5J6J7I9Da0\\OdlZ2',
} as const;

/** Around the cup, at 600 x 400. */
const crop = { left: 165, top: 10, width: 250, height: 305 };

export interface Cup {
  readonly pixels: Pixels;
  readonly alpha: Uint8Array;
}

/** The cup as it looks in the photograph at that width; with a JPEG quality, as a camera would have stored it. */
export async function cup(width: number, part: keyof typeof masks, quality?: number): Promise<Cup> {
  const scale = width / 600;
  const large = { width: Math.round(crop.width * scale), height: Math.round(crop.height * scale) };
  let picture = sharp(await sharp(photo).extract(crop).png().toBuffer()).resize({ ...large, kernel: 'lanczos3' });
  if (quality !== undefined) picture = sharp(await picture.removeAlpha().jpeg({ quality }).toBuffer());
  const data = new Uint8Array(await picture.ensureAlpha().raw().toBuffer());
  const { left: x, top: y } = crop;
  const mask = Mask.fromRle({ size, counts: masks[part] }).crop({ x, y, width: crop.width, height: crop.height });
  const weights = await sharp(
    mask.data.map((bit) => bit * 255),
    { raw: { width: crop.width, height: crop.height, channels: 1 } },
  )
    .resize({ ...large, kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { pixels: { ...large, data }, alpha: weights.map((weight) => (weight > 127 ? 255 : 0)) };
}
