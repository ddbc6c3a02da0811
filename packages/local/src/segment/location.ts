import type { Box, Point, Size } from '@atelier/sdk';

/**
 * How far from the middle of the thing's box each place is: 0 in the middle, 1 on the inscribed ellipse. On a side where
 * the box ends at the picture's edge the thing goes on beyond it, so places there count as half as far.
 */
export function locationOf(box: Box, picture: Size): (point: Point) => number {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const centreX = box.x + box.width / 2;
  const centreY = box.y + box.height / 2;
  const weight = (cut: boolean) => (cut ? 0.5 : 1);
  const edge = 1.5;
  const leftWeight = weight(box.x < edge);
  const rightWeight = weight(right > picture.width - edge);
  const topWeight = weight(box.y < edge);
  const bottomWeight = weight(bottom > picture.height - edge);
  return ({ x, y }) => {
    const across = ((x - centreX) / (box.width / 2)) * (x < centreX ? leftWeight : rightWeight);
    const down = ((y - centreY) / (box.height / 2)) * (y < centreY ? topWeight : bottomWeight);
    return Math.hypot(across, down);
  };
}
