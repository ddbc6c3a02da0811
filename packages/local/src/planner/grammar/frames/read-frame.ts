import type { Intent } from '../../intents/intent.ts';
import type { Clause } from '../clause.ts';
import { withPlainColours } from '../plain-colours.ts';
import { adjustment, type Frame } from './frame.ts';
import { intentsOf } from './frame-intents.ts';
import { readEnglishFrame } from './read-english-frame.ts';
import { readKoreanFrame } from './read-korean-frame.ts';

/** What a clause asks for by its signs, wherever they stand in it. */
export function readFrame(clause: Clause): readonly Intent[] {
  const frame =
    clause.language === 'ko' ? readKoreanFrame(clause.text) : readEnglishFrame(withPlainColours(clause.text));
  if (!frame) return [];
  if (hides(frame, clause)) return intentsOf({ act: adjustment('pixelate'), thing: '' }, clause);
  // 배경이 별로네, 흰색으로 채워줘: what was spoken of last is no thing to find.
  const ofBackground = clause.language === 'ko' && frame.thing === '' && clause.context.it === '배경';
  return intentsOf(ofBackground ? { ...frame, thing: '배경' } : frame, clause);
}

/** 번호판 보이면 안 보이게 해줘: a number plate is covered, not taken away. */
const hides = ({ act, thing }: Frame, { text, language, context: { it } }: Clause): boolean =>
  language === 'ko' &&
  act.kind === 'remove' &&
  thing === '' &&
  /안 ?보이|보이지 않/.test(text) &&
  /(?:얼굴|번호판|이름|이름표|명찰|전화번호|번호|주소|글씨|글자)$/.test(it ?? '');
