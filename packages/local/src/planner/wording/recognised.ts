import { koreanName } from '../../detect/vocabulary.ts';
import type { Language } from '../grammar/language.ts';
import { readCutOut } from './tool-results.ts';

/** A detector's label as people call it. */
export const shownLabel = (label: string, language: Language): string =>
  language === 'ko' ? koreanName(label) : label;

export const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** What the cut-out things were recognised as, in brackets: " (cup, 45 %)"; empty where nothing said so. */
export function recognisedAs(segmentOutput: unknown, language: Language): string {
  const things = readCutOut(segmentOutput)?.things ?? [];
  if (things.length === 0) return '';
  const labels = [...new Set(things.map(({ label }) => shownLabel(label, language)))].join(', ');
  return ` (${labels}, ${things.map(({ score }) => percent(score)).join(', ')})`;
}
