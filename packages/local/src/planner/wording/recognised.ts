import { iou } from '@atelier/sdk/image';
import { koreanName } from '../../detect/vocabulary.ts';
import type { Language } from '../grammar/language.ts';
import { readCutOut, readDetections } from './tool-results.ts';

/** The same thing, found twice: its box as detected and as cut out overlap this much at least. */
const sameThing = 0.3;

/** A detector's label as people call it. */
export const shownLabel = (label: string, language: Language): string =>
  language === 'ko' ? koreanName(label) : label;

export const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** What the cut-out thing was recognised as, in brackets: " (cup, 45 %)"; empty where nothing said so. */
export function recognisedAs(detectOutput: unknown, segmentOutput: unknown, language: Language): string {
  const cut = readCutOut(segmentOutput);
  const { box } = cut ?? {};
  const seen = box && readDetections(detectOutput)?.filter((thing) => iou(thing.box, box) >= sameThing);
  const best = seen?.toSorted((one, other) => other.score - one.score)[0];
  if (best) return ` (${shownLabel(best.label, language)}, ${percent(best.score)})`;
  if (cut?.label === undefined) return '';
  const label = shownLabel(cut.label, language);
  return cut.score === undefined ? ` (${label})` : ` (${label}, ${percent(cut.score)})`;
}
