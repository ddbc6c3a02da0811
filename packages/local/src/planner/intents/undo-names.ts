import type { StandingEdit } from '../grammar/context.ts';
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
    kinds: ['desaturate', 'recolour', 'fill'],
    words: { en: '(?:original |old |natural |real )?colou?rs', ko: '원래 색' },
    shown: { en: 'a change of colours', ko: '색 바꾸기' },
  },
  {
    kinds: ['blur'],
    words: {
      en: 'blur(?:r?ing|riness|red bit)?|softening|fuzz(?:iness)?',
      ko: '블러|흐림|흐리게|흐릿하게|뿌옇게|뿌연',
    },
    shown: { en: 'a blur', ko: '흐리게 하기' },
  },
  {
    kinds: ['pixelate'],
    words: { en: 'pixel?(?:l?ation|l?ating|s)|mosaic|censoring|censorship|blocks', ko: '모자이크|픽셀' },
    shown: { en: 'a pixelation', ko: '모자이크' },
  },
  {
    kinds: ['brighten'],
    words: {
      en: 'bright(?:en(?:ing)?|ness)|dark(?:en(?:ing)?|ness)|light(?:en(?:ing)?|ing)?|dimming|exposure',
      ko: '밝기|밝게|어둡게|밝힌|환하게|어두운|밝은',
    },
    shown: { en: 'a change of brightness', ko: '밝기 조절' },
  },
  {
    kinds: ['desaturate'],
    words: { en: 'black and white|b&w|b/w|grey ?scale|gray ?scale|monochrome|desaturation', ko: '흑백|무채색|채도' },
    shown: { en: 'a change to black and white', ko: '흑백으로 하기' },
  },
  {
    kinds: ['sharpen'],
    words: { en: 'sharp(?:en(?:ing)?|ness)|crispness', ko: '선명|또렷|샤픈|쨍' },
    shown: { en: 'a sharpening', ko: '선명하게 하기' },
  },
  {
    kinds: ['outline'],
    words: { en: '(?:out)?line|border|edge|contour|ring|frame|stroke', ko: '테두리|외곽선|윤곽|아웃라인|선' },
    shown: { en: 'an outline', ko: '테두리' },
  },
  {
    kinds: ['crop'],
    words: { en: 'crop(?:ping)?|trim(?:ming)?|cut', ko: '크롭|자르|자른|잘라|잘린' },
    shown: { en: 'a crop', ko: '자르기' },
  },
  {
    kinds: ['straighten'],
    words: { en: 'straighten(?:ing)?|rotation|levelling|leveling|tilt', ko: '수평|기울|회전' },
    shown: { en: 'a straightening', ko: '수평 맞추기' },
  },
  {
    kinds: ['recolour', 'fill'],
    words: {
      en: '(?:re)?colou?r(?:ing)?(?: change)?|(?:re)?paint(?:ing)?|paint job|tint|dye',
      ko: '색|색깔|색상|채색|색칠|칠한|칠',
    },
    shown: { en: 'a recolouring', ko: '색 바꾸기' },
  },
  {
    kinds: ['fill'],
    words: { en: 'fill(?:ing)?|backdrop|background(?: colou?r)?', ko: '채우|채운|배경' },
    shown: { en: 'a fill', ko: '채우기' },
  },
  {
    kinds: ['remove', 'clear'],
    words: {
      en: 'removal|removing|deletion|deleting|erasing|erasure',
      ko: '삭제|제거|지우|지운|없앤|없앴',
    },
    shown: { en: 'a removal', ko: '지우기' },
  },
  {
    kinds: ['clear'],
    words: { en: 'transparen(?:cy|t(?: background)?)|cut-?out', ko: '투명|누끼' },
    shown: { en: 'a change to transparent', ko: '투명하게 하기' },
  },
  {
    kinds: ['replace'],
    words: { en: 'replac(?:ement|ing)|swap(?:ping)?|switch', ko: '교체|대체' },
    shown: { en: 'a replacement', ko: '교체' },
  },
  {
    kinds: ['replace', 'recolour', 'fill'],
    words: { en: 'change of \\w+', ko: '바꾸|바꾼' },
    shown: { en: 'a change', ko: '변경' },
  },
];

const colours =
  /\b(?:red|blue|green|yellow|orange|purple|violet|pink|brown|grey|gray|black|white|navy|teal|gold|silver|beige|cream)\b|빨간|빨강|파란|파랑|노란|노랑|초록|하얀|흰|검은|까만|분홍|보라|주황|회색|갈색|하늘색|빨갛|파랗|노랗|하얗|까맣|핑크|남색/i;

/** Which of the edits that stand the words name: by kind and, where one is named, by the thing ("the blur on the dog"); undefined where they name none. */
export function namedEdit(words: string, language: Language): ((edit: StandingEdit) => boolean) | undefined {
  if (language === 'en') {
    const bare = words.replace(
      /^(?:(?:the|that|this|my|your|all|last|latest|new|old|silly|whole|bit of|extra) )+/i,
      '',
    );
    const [, name = bare, thing] =
      /^(.+?)(?: effect| edit| change| bit| step| thing)? (?:of|on|to|from|around|round|over|behind|for) (?:the |my |his |her |their |its )?(.+)$/i.exec(
        bare,
      ) ?? [];
    const kinds = kindsOf(name.replace(/ (?:effect|edit|change|bit|step|thing|part)$/i, ''), 'en');
    if (kinds.length > 0) return (edit) => kinds.includes(edit.kind) && (thing === undefined || onThing(edit, thing));
    return colours.test(name) && thing === undefined ? byColour(bare) : undefined;
  }
  const kinds = kindsOf(words, 'ko');
  return kinds.length > 0 ? (edit) => kinds.includes(edit.kind) : undefined;
}

/** "Undo the red": the recolouring that made something red; a colour among other words names none. */
const byColour = (words: string): ((edit: StandingEdit) => boolean) | undefined =>
  /^(?:dark |light |bright |pale )?\w+(?: (?:colou?r|paint|one|bit))?$/i.test(words)
    ? ({ kind, deed }) =>
        (kind === 'recolour' || kind === 'fill' || kind === 'outline') &&
        deed?.tool === 'adjust_image' &&
        String(deed.parameters.colour ?? '')
          .toLowerCase()
          .includes(words.split(' ')[0].toLowerCase())
    : undefined;

/** An edit whose thing is not known may be of any. */
const onThing = ({ thing }: StandingEdit, words: string): boolean => thing === undefined || thingMatches(thing, words);

const bareThing = (words: string): string =>
  words
    .toLowerCase()
    .replace(/^(?:(?:the|an?|my|his|her|their|its|that|this|those|all) )+/, '')
    .replace(/(?:을|를|은|는|이|가|도|만)$/, '')
    .trim();

/** Whether two phrases may name the same thing: one holds the last word of the other. */
export function thingMatches(thing: string, words: string): boolean {
  const [one, other] = [bareThing(thing), bareThing(words)];
  if (one === '' || other === '') return false;
  const head = (text: string): string =>
    text
      .split(/ (?:on|in|at|of|with|next|near|to|behind|from)\b/)[0]
      .split(' ')
      .at(-1) ?? text;
  const stem = (text: string): string => text.replace(/s$/, '');
  return one === other || stem(head(one)) === stem(head(other));
}

/** The kinds of edits that a name means. */
function kindsOf(name: string, language: Language): readonly string[] {
  const [start, end] = language === 'ko' ? ['(?:^|[ ])(?:.*)?', '.*$'] : ["^(?:[\\w']+ ){0,3}?", '$'];
  return names.find(({ words }) => new RegExp(`${start}(?:${words[language]})${end}`, 'i').test(name))?.kinds ?? [];
}

/** What to call an edit of a kind: "a blur". */
export const shownKind = (kind: string, language: Language): string =>
  names.findLast(({ kinds }) => kinds[0] === kind)?.shown[language] ??
  (language === 'ko' ? '다른 편집' : 'another edit');
