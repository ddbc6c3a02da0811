import type { Language, Size } from '@atelier/sdk';
import type { ColourName } from './colour-names.ts';
import type { Finding, Sighting } from './look.ts';
import type { Question } from './question.ts';
import { english } from './wording-english.ts';
import { korean } from './wording-korean.ts';

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

export interface AnswerFacts {
  readonly picture: Size;
  readonly language: Language;
  /** What else was seen, for questions about things that were not. */
  readonly instead: readonly Finding[];
}

/** The sentences that answer one question. */
export function word(question: Question, findings: readonly Finding[], facts: AnswerFacts): string {
  const wording = facts.language === 'ko' ? korean : english;
  if (question.kind === 'scene') return wording.scene(findings);
  const sentences = findings.map((finding) =>
    isFound(finding)
      ? describe(wording, question, finding, facts.picture)
      : wording.absent(finding, question.kind === 'presence' || question.kind === 'colour-check'),
  );
  const offered = facts.instead.length > 0 ? [wording.scene(facts.instead)] : [];
  return [...sentences, ...offered].join(' ');
}

const isFound = (finding: Finding): finding is Found => finding.sightings.length > 0;

function describe(wording: Wording, { kind, colour }: Question, found: Found, picture: Size): string {
  if (kind === 'count') return wording.count(found);
  if (kind === 'position') return wording.position(found, picture);
  if (kind === 'size') return wording.size(found, picture);
  if (kind === 'colour') return wording.colour(found);
  return kind === 'colour-check' && colour ? wording.colourCheck(found, colour) : wording.presence(found);
}

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
