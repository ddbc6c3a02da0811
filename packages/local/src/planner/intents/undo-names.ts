import type { Language } from '../grammar/language.ts';

interface NamedEdit {
  /** Kinds of edits that people call so. */
  readonly kinds: readonly string[];
  /** How people call it, as the source of a pattern. */
  readonly words: Readonly<Record<Language, string>>;
  /** How it is called in an answer. */
  readonly shown: Readonly<Record<Language, string>>;
}

/** What "undo the ..." may be followed by. The first entry that holds a kind names it. */
const names: readonly NamedEdit[] = [
  {
    kinds: ['blur'],
    words: { en: 'blur(?:ring)?|softening', ko: '블러|흐림|흐리게 ?한' },
    shown: { en: 'a blur', ko: '흐리게 하기' },
  },
  {
    kinds: ['pixelate'],
    words: { en: 'pixel?ation|pixelating|mosaic|censoring', ko: '모자이크|모자이크 ?한' },
    shown: { en: 'a pixelation', ko: '모자이크' },
  },
  {
    kinds: ['brighten'],
    words: {
      en: 'bright(?:en(?:ing)?|ness)|dark(?:en(?:ing)?|ness)|lighten(?:ing)?',
      ko: '밝기|밝게 ?한|어둡게 ?한|밝힌',
    },
    shown: { en: 'a change of brightness', ko: '밝기 조절' },
  },
  {
    kinds: ['recolour', 'fill'],
    words: { en: '(?:re)?colou?r(?:ing)?|(?:re)?paint(?:ing)?|tint', ko: '색|색깔|색상|채색|색칠|칠한|색칠한' },
    shown: { en: 'a recolouring', ko: '색 바꾸기' },
  },
  { kinds: ['fill'], words: { en: 'fill(?:ing)?', ko: '채우기|채운' }, shown: { en: 'a fill', ko: '채우기' } },
  {
    kinds: ['remove', 'clear'],
    words: { en: 'removal|removing|deletion|deleting|erasing|erasure', ko: '삭제|제거|지우기|지운|없앤|삭제한|제거한' },
    shown: { en: 'a removal', ko: '지우기' },
  },
  {
    kinds: ['clear'],
    words: { en: 'transparency', ko: '투명|투명화|투명하게 ?한' },
    shown: { en: 'a change to transparent', ko: '투명하게 하기' },
  },
  {
    kinds: ['replace'],
    words: { en: 'replac(?:ement|ing)|swap(?:ping)?', ko: '교체|교체한|대체' },
    shown: { en: 'a replacement', ko: '교체' },
  },
  {
    kinds: ['replace', 'recolour', 'fill'],
    words: { en: 'change of \\w+', ko: '바꾸기|바꾼' },
    shown: { en: 'a change', ko: '변경' },
  },
];

/** Every name in one language, as the source of a pattern. */
export const editNames = (language: Language): string => names.map(({ words }) => words[language]).join('|');

/** The kinds of edits that a name means. */
export const kindsNamed = (name: string, language: Language): readonly string[] =>
  names.find(({ words }) => new RegExp(`^(?:${words[language]})$`, 'i').test(name))?.kinds ?? [];

/** What to call an edit of a kind: "a blur". */
export const shownKind = (kind: string, language: Language): string =>
  names.find(({ kinds }) => kinds.includes(kind))?.shown[language] ??
  (language === 'ko' ? '다른 편집' : 'another edit');
