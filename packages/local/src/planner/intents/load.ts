import { koreanVerb, requestForms } from '../grammar/korean-verbs.ts';
import { withParticle } from '../wording/particles.ts';
import { readMade } from '../wording/tool-results.ts';
import { defineIntent } from './intent.ts';
import { matchPatterns, type Patterns } from './match-target.ts';

const verbs = ['열/열어', '불러오/불러와', '불러/불러', '로드하', '가져오/가져와', '읽/읽어'].map(koreanVerb);

const patterns: Patterns = {
  en: [
    /^(?:open|open up|load|use|import|read|work on|switch to) (?:(?:the|this|my) )?(?:(?:file|picture|photo|image) )?(?<source>.+)$/i,
  ],
  ko: [
    new RegExp(
      `^(?:(?:사진|그림|이미지|파일) )?(?<source>.+?)(?: (?:파일|사진|그림|이미지))?(?:을|를)? ?(?:좀 )?(?:${requestForms(verbs)})$`,
    ),
  ],
};

/** A file with the ending of a picture, or a URL: anything else is a thing in the picture, not a source of one. */
const source = /^(?:https?:\/\/\S+|.*\.(?:png|jpe?g|webp|gif|avif|tiff?|bmp|heic|heif|svg))$/i;

/** "open photos/cup.png", "photos/cup.png 열어줘". */
export const load = defineIntent<{ readonly source: string }>({
  name: 'load',
  parse(clause) {
    const words = matchPatterns(patterns, clause)
      ?.source?.trim()
      .replace(/^["'“‘]+|["'”’]+$/g, '');
    return words !== undefined && source.test(words) ? [{ source: words }] : [];
  },
  plan: ({ source: target }, language) => [
    {
      tool: 'load_image',
      target,
      message: language === 'ko' ? `${target} 열기` : `Open ${target}`,
      input: { source: target },
      needs: [],
    },
  ],
  leaves: () => ({ otherPicture: true }),
  report({ source: target }, [output], language) {
    const made = readMade(output);
    if (!made) return undefined;
    const pixels = made.width === undefined ? '' : ` (${made.width} x ${made.height})`;
    return language === 'ko' ? `${withParticle(target, '을/를')} 열었습니다${pixels}.` : `I opened ${target}${pixels}.`;
  },
});
