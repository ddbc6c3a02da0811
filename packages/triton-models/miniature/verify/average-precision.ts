import type { Box } from '@atelier/sdk';
import type { Corners } from './examples.ts';

/** What a detector said of one picture that was asked for one thing, and what is there. */
export interface Asked {
  readonly found: readonly { readonly score: number; readonly box: Box }[];
  readonly truth: readonly Corners[];
}

/**
 * Average precision of one thing over pictures: the area under precision over recall, precision made monotone, all
 * points (Everingham et al. 2010, as Pascal VOC has it from 2010 on). A detection is right when its IoU with the thing that
 * it overlaps most is `least` or more and no surer detection has taken that one. Without anything to find it is NaN.
 */
export function averagePrecision(asked: readonly Asked[], least = 0.5): number {
  const total = asked.reduce((sum, { truth }) => sum + truth.length, 0);
  const judged = asked.flatMap((one) => judge(one, least)).sort((a, b) => b.score - a.score);
  let right = 0;
  const points = judged.map(({ isRight }, index) => {
    right += isRight ? 1 : 0;
    return { recall: right / total, precision: right / (index + 1) };
  });
  let area = 0;
  let best = 0;
  for (const [index, { recall, precision }] of [...points.entries()].reverse()) {
    best = Math.max(best, precision);
    area += best * (recall - (points[index - 1]?.recall ?? 0));
  }
  return total === 0 ? Number.NaN : area;
}

function judge({ found, truth }: Asked, least: number): { score: number; isRight: boolean }[] {
  const taken = new Set<Corners>();
  return [...found]
    .sort((a, b) => b.score - a.score)
    .map(({ score, box }) => {
      const nearest = truth.reduce<Corners | undefined>(
        (best, one) => (best === undefined || overlap(box, one) > overlap(box, best) ? one : best),
        undefined,
      );
      const isRight = nearest !== undefined && !taken.has(nearest) && overlap(box, nearest) >= least;
      if (isRight) taken.add(nearest);
      return { score, isRight };
    });
}

/** Intersection over union. */
export function overlap(box: Box, [left, top, right, bottom]: Corners): number {
  const width = Math.min(box.x + box.width, right) - Math.max(box.x, left);
  const height = Math.min(box.y + box.height, bottom) - Math.max(box.y, top);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (box.width * box.height + (right - left) * (bottom - top) - both);
}
