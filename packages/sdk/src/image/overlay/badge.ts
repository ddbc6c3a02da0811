import type { Size } from '../geometry.ts';
import { loadSharp } from '../load-sharp.ts';
import type { Pixels } from '../pixels.ts';
import { type Colour, toHex } from './colours.ts';
import { drawableText, textSvg, textWidth } from './font.ts';

/** What stands on a badge and how large it is, before it is drawn. */
export interface BadgePlan extends Size {
  readonly number: string;
  /** Clipped to fit; empty where there is no room or the font lacks its characters. */
  readonly label: string;
  /** Height of capitals in pixels. */
  readonly capHeight: number;
}

const numberStroke = 0.19;
const labelStroke = 0.125;
/** All in heights of capitals. */
const padding = 0.62;
const gap = 0.75;

export function planBadge(number: number, label: string, capHeight: number, maxWidth: number): BadgePlan {
  const digits = String(number);
  const height = Math.ceil(capHeight * (1 + 2 * padding));
  // Round with one digit, an oblong with more.
  const bare = Math.max(height, Math.ceil(textWidth(digits, capHeight) + capHeight * 2 * padding));
  const text = clipText(drawableText(label) ?? '', capHeight, maxWidth - bare - capHeight * gap);
  const width = text === '' ? bare : Math.ceil(bare + textWidth(text, capHeight) + capHeight * gap);
  return { number: digits, label: text, capHeight, width, height };
}

function clipText(text: string, capHeight: number, maxWidth: number): string {
  if (textWidth(text, capHeight) <= maxWidth) return text;
  let kept = text;
  while (kept !== '' && textWidth(`${kept}...`, capHeight) > maxWidth) kept = kept.slice(0, -1).trimEnd();
  // Two letters and dots tell nothing.
  return kept.length < 3 ? '' : `${kept}...`;
}

/** White strokes on a dark plate with a rim in the item's colour. Straight alpha. */
export async function drawBadge(plan: BadgePlan, colour: Colour): Promise<Pixels> {
  const { width, height, capHeight, number, label } = plan;
  const rim = Math.max(1, capHeight * 0.15);
  const numberWidth = textWidth(number, capHeight);
  const bare = label === '' ? width : Math.max(height, Math.ceil(numberWidth + capHeight * 2 * padding));
  const top = (height - capHeight) / 2;
  const plate = `x="${rim / 2}" y="${rim / 2}" width="${width - rim}" height="${height - rim}" rx="${((height - rim) * 0.32).toFixed(2)}"`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect ${plate} fill="#14161a" fill-opacity="0.92" stroke="${toHex(colour)}" stroke-width="${rim.toFixed(2)}"/>`,
    textSvg(number, (bare - numberWidth) / 2, top, capHeight, numberStroke),
    label && textSvg(label, bare - capHeight * padding + capHeight * gap, top, capHeight, labelStroke),
    '</svg>',
  ].join('');
  const { data, info } = await (await loadSharp())(Buffer.from(svg))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
