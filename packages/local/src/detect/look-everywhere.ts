import type { Box, CallContext, Image } from '@atelier/sdk';
import { intersectBoxes } from '@atelier/sdk/image';
import type { RunTask } from '../worker/pool.ts';
import { cutTile } from './cut-tile.ts';
import type { DetectTaskInput, DetectTaskOutput } from './detect-task.ts';
import type { TileDetection } from './merge.ts';
import { planTiles } from './tiles.ts';

/** Smallest scores to report; a model whose score is left out does not run. */
export type Thresholds = Pick<DetectTaskInput, 'objects' | 'faces'>;

/** All that the models see, unmerged, in pixels. One tile at a time; the next one is cut while a worker looks at this one. */
export async function lookEverywhere(
  runTask: RunTask,
  image: Image,
  from: Thresholds,
  { signal, progress }: CallContext,
): Promise<TileDetection[]> {
  signal?.throwIfAborted();
  const tiles = planTiles(image);
  const found: TileDetection[] = [];
  let next = tiles[0] && cutTile(image, tiles[0]);
  for (const [index, tile] of tiles.entries()) {
    const rgb = await next;
    signal?.throwIfAborted();
    const following = tiles[index + 1];
    next = following && cutTile(image, following);
    // Awaited only after this tile; a failure until then must not count as unhandled.
    next?.catch(() => {});
    if (!rgb) break;
    const input: DetectTaskInput = { rgb, aspect: tile.width / tile.height, ...from };
    const raw = await runTask<DetectTaskInput, DetectTaskOutput>('detect', input, {
      ...(signal && { signal }),
      progress: (share) => progress?.((index + share) / tiles.length),
    });
    found.push(...raw.flatMap((detection) => placeOnPicture(detection, tile, image)));
    progress?.((index + 1) / tiles.length);
  }
  return found;
}

/** From shares of the tile to pixels of the picture, clipped to the tile; none where nothing is left. */
function placeOnPicture(raw: DetectTaskOutput[number], tile: Box, image: Image): TileDetection[] {
  const box = {
    x: tile.x + raw.box.x * tile.width,
    y: tile.y + raw.box.y * tile.height,
    width: raw.box.width * tile.width,
    height: raw.box.height * tile.height,
  };
  // What lies beyond the tile was guessed, not seen.
  const seen = intersectBoxes(box, tile);
  return seen ? [{ ...raw, box: seen, cut: isCut(box, tile, image) }] : [];
}

/** Boxes end a little before the edge that cuts the thing. */
const edgeShare = 0.02;

function isCut(box: Box, tile: Box, image: Image): boolean {
  const nearX = tile.width * edgeShare;
  const nearY = tile.height * edgeShare;
  return (
    (tile.x > 0 && box.x <= tile.x + nearX) ||
    (tile.y > 0 && box.y <= tile.y + nearY) ||
    (tile.x + tile.width < image.width && box.x + box.width >= tile.x + tile.width - nearX) ||
    (tile.y + tile.height < image.height && box.y + box.height >= tile.y + tile.height - nearY)
  );
}
