import { outlineOf } from '../mask/outline.ts';
import type { SampledMask } from '../mask/sample-mask.ts';
import { element } from './element.ts';
import type { LoadedPicture } from './picture.ts';

type Surface = CanvasRenderingContext2D;

function canvas({ width, height }: { readonly width: number; readonly height: number }, name: string) {
  const made = element('canvas', { class: name, 'aria-hidden': 'true' });
  made.width = width;
  made.height = height;
  return { made, surface: made.getContext('2d') };
}

/** The masks' outlines, to lie on a picture: dark under light, so that they are seen on everything. */
export function outlineLayer(masks: readonly SampledMask[], size: LoadedPicture): HTMLCanvasElement {
  const { made, surface } = canvas(size, 'layer outline');
  if (!surface) return made;
  surface.lineCap = 'square';
  const unit = Math.max(size.width, size.height) / 640;
  surface.beginPath();
  for (const mask of masks) {
    for (const [x1, y1, x2, y2] of outlineOf(mask)) {
      surface.moveTo(x1, y1);
      surface.lineTo(x2, y2);
    }
  }
  line(surface, 'rgb(0 0 0 / 55%)', 4 * unit);
  line(surface, '#fff', 1.8 * unit);
  return made;
}

function line(surface: Surface, colour: string, width: number): void {
  surface.strokeStyle = colour;
  surface.lineWidth = width;
  surface.stroke();
}

/** What a mask holds of a picture; the rest is see-through. */
export function cutOutLayer(mask: SampledMask, picture: LoadedPicture): HTMLCanvasElement {
  const { made, surface } = canvas(picture, 'layer cut-out');
  const alpha = canvas(mask, '');
  if (!surface || !alpha.surface) return made;
  const pixels = alpha.surface.createImageData(mask.width, mask.height);
  for (let index = 0; index < mask.data.length; index++) pixels.data[index * 4 + 3] = mask.data[index] ? 255 : 0;
  alpha.surface.putImageData(pixels, 0, 0);
  surface.drawImage(picture.drawable, 0, 0);
  surface.globalCompositeOperation = 'destination-in';
  surface.drawImage(alpha.made, 0, 0, picture.width, picture.height);
  return made;
}
