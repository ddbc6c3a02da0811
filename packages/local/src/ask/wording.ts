import type { Language, Size } from '@atelier/sdk';
import type { Finding } from './look.ts';
import type { Question } from './question.ts';
import { english } from './wording-english.ts';
import { korean } from './wording-korean.ts';
import type { Found, Wording } from './wording-parts.ts';

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
