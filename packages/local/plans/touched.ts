import type { Box, EditNode, Session } from '@atelier/sdk';
import { iou } from '@atelier/sdk/image';
import type { Sighting } from './look.ts';
import type { SceneBackend } from './scene-backend.ts';

/** What an edit touched: a part of the picture, or things of one label with their numbers in the scene's order. */
export type Touched =
  | { readonly region: 'background' | 'everything' }
  | {
      readonly region?: undefined;
      readonly label: string;
      readonly indexes: readonly number[];
      readonly partOf?: string | undefined;
    };

/** Less overlap than this is no touch. */
const least = 0.3;

/** What the edit touched, by its mask and by where things were seen in the picture before it; undefined where it was nothing that is known. */
export async function touchedBy(
  { tool, input, receipt }: EditNode,
  session: Session,
  eye: SceneBackend,
): Promise<Touched | undefined> {
  const before = await session.loadImage(receipt.before);
  const seen = eye.see(before);
  const operation = tool === 'adjust_image' ? receipt.operation?.name : undefined;
  if (operation === 'straighten') return { region: 'everything' };
  if (operation === 'crop' && receipt.geometry) return cropped(receipt.geometry.crop, seen);
  const { region } = input;
  if (tool === 'adjust_image' && (region === 'background' || region === 'everything')) return { region };
  const mask = await session.loadMask(receipt.mask);
  const bodies = seen.map((sighting) => ({ sighting, data: eye.bodyOf(before, sighting.thing) }));
  const groups = [...new Set(seen.map(({ thing }) => thing.label))].flatMap((label) =>
    subsets(
      bodies.filter(({ sighting }) => sighting.thing.label === label),
      mask.data,
    ),
  );
  const best = groups.sort((a, b) => b.share - a.share)[0];
  return best && best.share >= least ? best.touched : undefined;
}

interface Body {
  readonly sighting: Sighting;
  readonly data: Uint8Array;
}

/** Each thing of a label alone, and all of them that the mask covers together. */
function subsets(bodies: readonly Body[], mask: Uint8Array): { touched: Touched; share: number }[] {
  const covered = bodies.filter(({ data }) => sharedArea(data, mask) > 0.5 * areaOf(data));
  const together = covered.length > 1 ? [covered] : [];
  return [...bodies.map((body) => [body]), ...together].map((group) => {
    const union = group.length === 1 ? group[0].data : united(group);
    const shared = sharedArea(union, mask);
    return {
      touched: things(group.map(({ sighting }) => sighting)),
      share: shared / (areaOf(union) + areaOf(mask) - shared),
    };
  });
}

function united(group: readonly Body[]): Uint8Array {
  const union = Uint8Array.from(group[0].data);
  for (const { data } of group) for (let at = 0; at < union.length; at++) if (data[at]) union[at] = 1;
  return union;
}

const things = (group: readonly Sighting[]): Touched => ({
  label: group[0].thing.label,
  indexes: group.map(({ thing }) => thing.index),
  partOf: group[0].thing.partOf,
});

function areaOf(data: Uint8Array): number {
  let area = 0;
  for (let at = 0; at < data.length; at++) if (data[at]) area++;
  return area;
}

function sharedArea(one: Uint8Array, other: Uint8Array): number {
  let area = 0;
  for (let at = 0; at < one.length; at++) if (one[at] && other[at]) area++;
  return area;
}

/** The thing or things that a crop was laid around. */
function cropped(crop: Box, seen: readonly Sighting[]): Touched | undefined {
  const labels = [...new Set(seen.map(({ thing }) => thing.label))];
  const groups = [
    ...seen.map((one) => [one]),
    ...labels.map((label) => seen.filter(({ thing }) => thing.label === label)),
  ];
  const [best] = groups
    .filter((group) => group.length > 0)
    .map((group) => ({ group, share: iou(around(group), crop) }))
    .sort((a, b) => b.share - a.share);
  return best && best.share >= least ? things(best.group) : undefined;
}

/** The box around all of them, with the margin that crops leave: a tenth of its longer side. */
function around(group: readonly Sighting[]): Box {
  const [left, top] = [Math.min(...group.map(({ box }) => box.x)), Math.min(...group.map(({ box }) => box.y))];
  const [right, bottom] = [
    Math.max(...group.map(({ box }) => box.x + box.width)),
    Math.max(...group.map(({ box }) => box.y + box.height)),
  ];
  const margin = 0.1 * Math.max(right - left, bottom - top);
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}
