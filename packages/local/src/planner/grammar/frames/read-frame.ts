import type { Intent } from '../../intents/intent.ts';
import type { Clause } from '../clause.ts';
import { withPlainColours } from '../plain-colours.ts';
import { intentsOf } from './frame-intents.ts';
import { readEnglishFrame } from './read-english-frame.ts';
import { readKoreanFrame } from './read-korean-frame.ts';

/** What a clause asks for by its signs, wherever they stand in it. */
export function readFrame(clause: Clause): readonly Intent[] {
  const frame =
    clause.language === 'ko' ? readKoreanFrame(clause.text) : readEnglishFrame(withPlainColours(clause.text));
  return frame ? intentsOf(frame, clause) : [];
}
