import type { Box } from '../result/guards.ts';

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** Badges nearer than this would hide each other, as a share of the picture's longer side: on a narrow page they take the most. */
const nearest = 0.09;

/** The corner of each box in which its number hides no earlier one; the first where all do. */
export function badgeCorners(
  things: readonly { readonly box: Box }[],
  size: { readonly width: number; readonly height: number },
): readonly Corner[] {
  const room = nearest * Math.max(size.width, size.height);
  const taken: { readonly x: number; readonly y: number }[] = [];
  return things.map(({ box }) => {
    const [right, bottom] = [box.x + box.width - room, box.y + box.height - room];
    const places = [
      { corner: 'top-left', x: box.x, y: box.y },
      { corner: 'top-right', x: right, y: box.y },
      { corner: 'bottom-left', x: box.x, y: bottom },
      { corner: 'bottom-right', x: right, y: bottom },
    ] as const;
    const isFree = ({ x, y }: { readonly x: number; readonly y: number }): boolean =>
      taken.every((other) => Math.abs(other.x - x) >= room || Math.abs(other.y - y) >= room);
    const place = places.find(isFree) ?? places[0];
    taken.push(place);
    return place.corner;
  });
}
