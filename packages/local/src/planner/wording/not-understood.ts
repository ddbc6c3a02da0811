import type { Beyond, BeyondKind } from '../grammar/beyond/beyond.ts';
import type { Doubt } from '../grammar/doubt.ts';
import type { Language } from '../grammar/language.ts';
import { shownKind } from '../intents/undo-names.ts';

const examples: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'remove the cup on the left',
    'replace the cup with a cat',
    'make the cup blue',
    'blur the background',
    'how many cups are there?',
    'undo that',
  ],
  ko: [
    '왼쪽 컵을 지워줘',
    '컵을 고양이로 바꿔줘',
    '컵을 파랗게 바꿔줘',
    '배경을 흐리게 해줘',
    '컵이 몇 개 있어?',
    '되돌려줘',
  ],
};

/** What is quoted back of a text that made no sense. Characters. */
const longestQuote = 80;

function quoted(words: string): string {
  const flat = [...words.replace(/\s+/g, ' ').trim()];
  return flat.length === 0
    ? ''
    : `“${flat.length > longestQuote ? `${flat.slice(0, longestQuote - 1).join('')}…` : flat.join('')}”`;
}

/** Says that the request made no sense and why, where that is known; else what would make sense, an example a line. */
export function notUnderstood(words: string, doubt: Doubt | undefined, language: Language): string {
  const quote = quoted(words);
  const opening =
    language === 'ko'
      ? quote === ''
        ? '요청을 이해하지 못했습니다.'
        : `${quote} 요청을 이해하지 못했습니다.`
      : `I did not understand ${quote === '' ? 'the request' : quote}.`;
  if (doubt) return `${opening}\n${explained(doubt, language)}`;
  const list = examples[language].map((example) => `- ${example}`).join('\n');
  return `${opening}\n${language === 'ko' ? '이런 요청을 할 수 있습니다:' : 'I understand requests like these:'}\n${list}`;
}

function explained(doubt: Doubt, language: Language): string {
  switch (doubt.kind) {
    case 'typo':
      return language === 'ko' ? `혹시 ${quoted(doubt.meant)}인가요?` : `Did you mean ${quoted(doubt.meant)}?`;
    case 'undo':
      return whyNoUndo(doubt.last, language);
    case 'referent':
      return whichThing(doubt.words, language);
    case 'beyond':
      return whatIsBeyond(doubt.beyond, language);
  }
}

/** Why words cannot be carried out, and what can be. */
const beyond: Readonly<Record<Language, Readonly<Record<BeyondKind, string>>>> = {
  en: {
    turn: 'I cannot turn or mirror a picture or a thing in it; I can straighten a picture that is crooked (“straighten the photo”).',
    add: 'I cannot add things to a picture: that would have to be painted anew. I can paint something in place of a thing that is there (“replace the cup with a dog”).',
    size: 'I cannot change the size or shape of a thing; I can crop the picture to it (“crop to the cup”).',
    negation:
      'I do not know what it should be instead. Say what you want, not what you do not want (“make the cup blue”).',
    exception:
      'I change a thing as a whole and cannot leave out a part of it. Say it without that part, or name the things that should change one by one.',
    unread: 'I do not know how to do this part, so I did none of it.',
  },
  ko: {
    turn: '사진이나 사진 속 사물을 돌리거나 뒤집을 수는 없습니다. 기울어진 사진의 수평은 맞출 수 있습니다(“수평 맞춰줘”).',
    add: '사진에 새로운 것을 더할 수는 없습니다. 새로 그려야 하는 일입니다. 이미 있는 것을 다른 것으로 바꿔 그릴 수는 있습니다(“컵을 강아지로 바꿔줘”).',
    size: '사물의 크기나 모양은 바꿀 수 없습니다. 그 사물에 맞춰 사진을 자를 수는 있습니다(“컵만 남게 잘라줘”).',
    negation:
      '그 대신 무엇이 되어야 하는지 알 수 없습니다. 원하지 않는 것이 아니라 원하는 것을 말해 주세요(“컵을 파랗게 바꿔줘”).',
    exception:
      '사물은 통째로만 바꿀 수 있어서 그 일부를 빼놓을 수 없습니다. 그 부분을 빼고 말하거나, 바꿀 것을 하나씩 말해 주세요.',
    unread: '이 부분은 어떻게 해야 할지 몰라서 아무것도 하지 않았습니다.',
  },
};

const whatIsBeyond = ({ kind, words }: Beyond, language: Language): string =>
  `${quoted(words)}: ${beyond[language][kind]}`;

function whyNoUndo(last: string | undefined, language: Language): string {
  if (last === undefined)
    return language === 'ko' ? '되돌릴 편집이 아직 없습니다.' : 'There is no edit yet that could be undone.';
  const kind = shownKind(last, language);
  return language === 'ko'
    ? `마지막 편집은 그것이 아니라 ${kind}입니다. 그 편집을 되돌리려면 “되돌려줘”라고 하세요.`
    : `The last edit was not that one but ${kind}. To take that back, say “undo”.`;
}

const pronoun = /\b(?:it|that one|this one|that|this|them|those|these)\b/i;

function whichThing(words: string, language: Language): string {
  if (language === 'ko') return '무엇을 말하는 건가요? 이름을 말해 주세요(예: “컵을 빨갛게 해줘”).';
  const word = pronoun.exec(words)?.[0];
  const example = word === undefined ? 'make the cup red' : words.replace(pronoun, 'the cup');
  return `What do you mean${word === undefined ? '' : ` by “${word.toLowerCase()}”`}? Name the thing, for instance ${quoted(example)}.`;
}
