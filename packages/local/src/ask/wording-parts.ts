import type { Size } from '@atelier/sdk';
import type { ColourName } from './colour-names.ts';
import type { Finding, Sighting } from './look.ts';
import type { Thing } from './question.ts';

/** A finding with at least one sighting. */
export type Found = Finding & { readonly sightings: readonly [Sighting, ...Sighting[]] };

/** What an answer says, in one language. Scores are shown as the model gave them. */
export interface Wording {
  count(found: Found): string;
  presence(found: Found): string;
  colour(found: Found): string;
  colourCheck(found: Found, asked: ColourName): string;
  position(found: Found, picture: Size): string;
  size(found: Found, picture: Size): string;
  /** Nothing of the kind was found; `yesOrNo` where the question asked for that. */
  absent(finding: Finding, yesOrNo: boolean): string;
  scene(findings: readonly Finding[]): string;
}

/** The kind of thing that is meant, whichever of them it is. */
export const withoutPlace = ({ phrase, colour }: Thing): Thing => (colour ? { phrase, colour } : { phrase });

/** "47 %". */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** "47 %, 40 %", best first. */
export const scores = (sightings: readonly Sighting[]): string =>
  sightings
    .map(({ score }) => score)
    .sort((a, b) => b - a)
    .map(percent)
    .join(', ');

/** Below this the answer says "probably". */
export const unsure = ({ sightings }: Finding): boolean => Math.max(...sightings.map(({ score }) => score)) < 0.5;

/** The share of the picture that a sighting's box covers, "24 %"; small ones with one decimal. */
export function coverage({ box }: Sighting, picture: Size): string {
  const share = (box.width * box.height) / (picture.width * picture.height);
  return share < 0.1 ? `${(share * 100).toFixed(1)} %` : percent(share);
}

/** Whether a colour is the main one of all things found, of none of them even a part, or something between. */
export function howMany({ sightings }: Found, colour: ColourName): 'all' | 'some' | 'none' {
  if (sightings.every(({ colours }) => colours[0] === colour)) return 'all';
  return sightings.some(({ colours }) => colours.includes(colour)) ? 'some' : 'none';
}
