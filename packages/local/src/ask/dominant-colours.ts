import type { Box, Image, Mask } from '@atelier/sdk';
import { intersectBoxes, roundBoxOut } from '@atelier/sdk/image';
import type { ColourName } from './colour-names.ts';
import { nameOf, oklchOf } from './colour-regions.ts';

/** One colour's share of a thing, 0..1. */
export interface ColourShare {
  readonly name: ColourName;
  readonly share: number;
}

/** Enough pixels to settle a colour, few enough to cost a few milliseconds at any size. */
const samples = 20_000;
/** Without a mask the outer part of a box is mostly something else: this share of each side is looked at, in the middle. */
const centreShare = 0.6;
/** Lightness (OKLab) below which a coloured thing's pixels tell of the shadow, not of the thing. */
const shadow = 0.25;
/** A specular highlight has the light's colour: all channels nearly full. */
const highlight = 245;
/** Highlights and shadows count all the same when they are more than this share: the thing is white, or black. */
const mostlyExtreme = 0.5;

/** The named colours inside the mask or, without one, in the middle of the box; largest share first. */
export function dominantColours(image: Image, box: Box, mask?: Mask): readonly ColourShare[] {
  const area = intersectBoxes(roundBoxOut(mask ? box : middleOf(box)), {
    x: 0,
    y: 0,
    width: image.width,
    height: image.height,
  });
  if (!area) return [];
  const step = Math.max(1, Math.floor(Math.sqrt((area.width * area.height) / samples)));
  const plain = new Map<ColourName, number>();
  const extreme = new Map<ColourName, number>();
  for (let y = area.y; y < area.y + area.height; y += step) {
    for (let x = area.x; x < area.x + area.width; x += step) {
      if (mask && !mask.data[y * image.width + x]) continue;
      const [red = 0, green = 0, blue = 0, alpha = 0] = image.data.subarray(
        (y * image.width + x) * 4,
        (y * image.width + x) * 4 + 4,
      );
      if (alpha < 128) continue;
      const colour = oklchOf(red, green, blue);
      const votes = Math.min(red, green, blue) >= highlight || colour.lightness < shadow ? extreme : plain;
      const name = nameOf(colour);
      votes.set(name, (votes.get(name) ?? 0) + 1);
    }
  }
  return sharesOf(total(extreme) > mostlyExtreme * (total(plain) + total(extreme)) ? joined(plain, extreme) : plain);
}

const mentioned = 0.2;
/** Smaller parts count where their colour is asked for: a red cup full of coffee shows little red. */
const mentionedWhenAsked = 0.15;

/** What an answer mentions: the first colour, and of the first three, or of those asked for, any that makes up a good part. */
export const mainColours = (shares: readonly ColourShare[], asked?: ColourName): readonly ColourName[] =>
  shares
    .filter(
      ({ name, share }, index) =>
        index === 0 || (index < 3 && share >= mentioned) || (name === asked && share >= mentionedWhenAsked),
    )
    .map(({ name }) => name);

type Votes = ReadonlyMap<ColourName, number>;

const total = (votes: Votes): number => [...votes.values()].reduce((sum, count) => sum + count, 0);

function joined(one: Votes, other: Votes): Votes {
  const all = new Map(one);
  for (const [name, count] of other) all.set(name, (all.get(name) ?? 0) + count);
  return all;
}

function sharesOf(votes: Votes): readonly ColourShare[] {
  const all = total(votes);
  return [...votes].map(([name, count]) => ({ name, share: count / all })).sort((a, b) => b.share - a.share);
}

const middleOf = ({ x, y, width, height }: Box): Box => ({
  x: x + (width * (1 - centreShare)) / 2,
  y: y + (height * (1 - centreShare)) / 2,
  width: width * centreShare,
  height: height * centreShare,
});
