import type { Language } from '@atelier/sdk';
import type { PhotoReference } from './photo-reference.ts';

/** What the words of a prompt are about. */
export interface PromptFacts {
  readonly photo: PhotoReference;
  /** In the person's words; undefined where none were given. */
  readonly request: string | undefined;
  /** Whether the server has the tool `save_image`. */
  readonly canSave: boolean;
}

/** Words of a prompt in both languages. */
export type PromptWords = Readonly<Record<Language, (facts: PromptFacts) => string>>;

/** A person's words, marked line by line, so that it stays plain where they end. */
export const quoted = (words: string): string =>
  words
    .trim()
    .split(/\r?\n/)
    .map((line) => `> ${line}`)
    .join('\n');

/** Names that come from outside are put in quotes and escaped: a file name cannot become a line of the prompt. */
const named = (source: string): string => JSON.stringify(source);

/** The line about the photograph. */
export const photoLine: Readonly<Record<Language, (photo: PhotoReference) => string>> = {
  en(photo) {
    if (photo.kind === 'unsaid') {
      return 'The photograph: the one we have been working on. If there is none yet, ask me which one, or for its path or URL.';
    }
    if (photo.kind === 'elsewhere') {
      return `The photograph: ${named(photo.source)}. Load it with load_image and go on with the id that comes back.`;
    }
    const copy = photo.isShown ? ' A small copy follows.' : '';
    return `The photograph: ${photo.id}, ${photo.width} × ${photo.height} pixels.${copy}`;
  },
  ko(photo) {
    if (photo.kind === 'unsaid') {
      return '사진: 지금까지 함께 작업하던 사진입니다. 아직 없다면 어떤 사진인지, 경로나 URL이 무엇인지 저에게 물어보세요.';
    }
    if (photo.kind === 'elsewhere') {
      return `사진: ${named(photo.source)}. load_image로 불러온 다음, 돌려받은 ID로 작업하세요.`;
    }
    const copy = photo.isShown ? ' 작은 미리보기를 함께 보냅니다.' : '';
    return `사진: ${photo.id}, ${photo.width} × ${photo.height}픽셀.${copy}`;
  },
};
