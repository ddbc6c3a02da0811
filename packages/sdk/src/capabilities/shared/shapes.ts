import { boxArea } from '../../image/geometry.ts';
import type { Mask } from '../../image/mask.ts';
import type { AlphaShape } from './alpha.ts';

/** Side of a square with the thing's area: the yardstick for lengths, so that they mean the same on every photo size. */
const extent = (mask: Mask): number => Math.sqrt(mask.area);

/** For what vanishes: out over the soft edge and the contact shadow, then a narrow blend. */
export function removalShape(mask: Mask): AlphaShape {
  const size = extent(mask);
  return { grow: Math.max(3, 0.04 * size), smooth: Math.max(1, 0.008 * size), feather: Math.max(2, 0.008 * size) };
}

/** For what is repainted: room for a thing of a slightly other outline. */
export function inpaintShape(mask: Mask): AlphaShape {
  const size = extent(mask);
  return { grow: Math.max(3, 0.05 * size), smooth: Math.max(1, 0.01 * size), feather: Math.max(2, 0.015 * size) };
}

/** For what keeps its outline: only the ragged pixels are rounded, and the edge is as soft as a lens makes it. */
export function adjustShape(mask: Mask): AlphaShape {
  const size = extent(mask);
  return { grow: 0, smooth: Math.max(0.8, 0.003 * size), feather: Math.max(1.5, 0.004 * size) };
}

/** Surroundings that a painter sees beside the region: enough to copy from and to match light, at least 48 pixels. */
export const contextMargin = ({ bounds }: Mask): number =>
  Math.max(48, Math.round(0.6 * Math.sqrt(bounds ? boxArea(bounds) : 0)));
