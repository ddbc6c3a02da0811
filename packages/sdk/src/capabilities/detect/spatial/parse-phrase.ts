import { AtelierError } from '../../../errors/atelier-error.ts';
import { anchorsIn } from './anchors-in.ts';
import { countIn } from './count-in.ts';
import { parseEnglish } from './parse-english.ts';
import { parseKorean } from './parse-korean.ts';
import type { ParsedPhrase } from './parsed-phrase.ts';

const longest = 500;

/**
 * Takes the words for a thing apart: "the second cup from the right" is the noun "cup" and one selector. English or
 * Korean, told by the script. Throws `invalid-input` for a phrase without words or of more than 500 characters.
 */
export function parsePhrase(phrase: string): ParsedPhrase {
  const text = phrase
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/[\s.,!?]+$/, '')
    .trim();
  if (text === '' || text.length > longest) {
    throw new AtelierError({
      code: 'invalid-input',
      message:
        text === '' ? 'The phrase is empty.' : `The phrase has ${text.length} characters; ${longest} are allowed.`,
      hint: 'Name a thing: "the red cup", "왼쪽 컵".',
    });
  }
  const parsed = /[\uac00-\ud7a3]/.test(text) ? parseKorean(text) : parseEnglish(text);
  const count = parsed.all && parsed.count === undefined ? countIn(text) : undefined;
  return count === undefined ? parsed : { ...parsed, count };
}

/** The nouns a detector must also be asked for, because the phrase says where its thing is by them. Each once, nested ones included. */
export function anchorPhrases(parsed: ParsedPhrase): readonly string[] {
  const nouns = parsed.selectors.flatMap((selector) =>
    anchorsIn(selector).flatMap((anchor) => [anchor.noun, ...anchorPhrases(anchor)]),
  );
  return [...new Set(nouns)].filter((noun) => noun !== '');
}
