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
  if (!frame) return [];
  // 배경이 별로네, 흰색으로 채워줘: what was spoken of last is no thing to find.
  const ofBackground = clause.language === 'ko' && frame.thing === '' && clause.context.it === '배경';
  return intentsOf(ofBackground ? { ...frame, thing: '배경' } : frame, clause);
}
