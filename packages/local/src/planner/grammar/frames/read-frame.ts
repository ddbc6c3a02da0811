import type { Intent } from '../../intents/intent.ts';
import type { Clause } from '../clause.ts';
import { intentsOf } from './frame-intents.ts';
import { readEnglishFrame } from './read-english-frame.ts';

/** What a clause asks for by its signs, wherever they stand in it. */
export function readFrame(clause: Clause): readonly Intent[] {
  if (clause.language === 'ko') return [];
  const frame = readEnglishFrame(clause.text);
  return frame ? intentsOf(frame, clause) : [];
}
