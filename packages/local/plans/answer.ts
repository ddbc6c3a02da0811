import { type Detection, type Language, resolvePhrase, type Size } from '@atelier/sdk';
import { colourOfWord } from '../src/ask/colour-names.ts';
import { parseQuestions, type Question, type Thing } from '../src/ask/question.ts';
import { readHowMany } from './how-many.ts';
import type { Sighting } from './look.ts';
import { nounOf } from './nouns.ts';
import { isCalled, nearestColour, rgbOf } from './palette.ts';
import { mentioned, whatIsMeant } from './read-phrase.ts';

/** Answers a question from what is seen, truthfully and plainly; what it cannot tell is answered by what there is. */
export function answerQuestion(question: string, language: Language, seen: readonly Sighting[], size: Size): string {
  const questions = parseQuestions(question);
  const say = language === 'ko' ? korean : english;
  const counted = answerHowMany(question, language, seen, size);
  if (counted) return counted;
  if (questions) return questions.map((one) => answerOne(one, seen, size, say)).join(' ');
  const spoken = mentioned(question, seen);
  return say.scene(spoken.length > 0 ? spoken : listed(seen), size);
}

/** "Are there more than two cups?": yes or no, and how many there are. */
function answerHowMany(
  question: string,
  language: Language,
  seen: readonly Sighting[],
  size: Size,
): string | undefined {
  const howMany = readHowMany(question, language);
  const [asked, ...others] = (howMany && parseQuestions(howMany.question)) ?? [];
  if (!howMany || asked?.kind !== 'presence' || asked.things.length !== 1 || others.length > 0) return undefined;
  const holds = howMany.holds(meantBy(asked.things[0], seen, size).length);
  const count = answerOne({ ...asked, kind: 'count' }, seen, size, language === 'ko' ? korean : english);
  const word = language === 'ko' ? (holds ? '네' : '아니요') : holds ? 'Yes' : 'No';
  return `${word}, ${count.charAt(0).toLowerCase()}${count.slice(1)}`;
}

/** The face of a person goes without saying. */
const listed = (seen: readonly Sighting[]): readonly Sighting[] =>
  seen.filter(({ thing }) => thing.partOf === undefined);

interface Wording {
  count(thing: string, found: readonly Sighting[]): string;
  presence(thing: string, found: readonly Sighting[], size: Size): string;
  colour(thing: string, found: readonly Sighting[]): string;
  check(thing: string, found: readonly Sighting[], colour: string): string;
  scene(seen: readonly Sighting[], size: Size): string;
}

function answerOne({ kind, things, colour }: Question, seen: readonly Sighting[], size: Size, say: Wording): string {
  if (kind === 'scene') return say.scene(listed(seen), size);
  const answers = things.map((thing) => {
    const found = meantBy(thing, seen, size);
    const words = thing.which?.said ?? [thing.colour, thing.phrase].filter(Boolean).join(' ');
    if (kind === 'count') return say.count(words, found);
    if (kind === 'presence' || found.length === 0) return say.presence(words, found, size);
    if (kind === 'colour') return say.colour(words, found);
    if (kind === 'colour-check') return say.check(words, found, colour ?? 'grey');
    return say.scene(found, size);
  });
  return answers.join(' ');
}

function meantBy({ phrase, colour, which }: Thing, seen: readonly Sighting[], size: Size): readonly Sighting[] {
  const kind = whatIsMeant(phrase, seen).filter((one) => colour === undefined || hasColour(one, colour));
  if (!which) return kind;
  const detections = kind.map(
    ({ thing, box }): Detection => ({ label: thing.label, score: 0.9, box, phrase: which.parsed.noun }),
  );
  const anchors = seen.flatMap(({ thing, box }): Detection[] => [
    { label: thing.label, score: 0.9, box, phrase: thing.label },
  ]);
  const { matches } = resolvePhrase(which.parsed, detections, { size, anchors });
  return kind.filter(({ box }) => matches.some((match) => match.box.x === box.x && match.box.y === box.y));
}

const hasColour = ({ colour }: Sighting, asked: string): boolean =>
  isCalled(colour, asked) || colourOfWord(colour) === asked || isCalled(nearestColour(rgbOf(colour)), asked);

const place = (box: Sighting['box'], { width, height }: Size): readonly [across: -1 | 0 | 1, down: -1 | 0 | 1] => {
  const third = (share: number) => (share < 0.4 ? -1 : share > 0.6 ? 1 : 0);
  return [third((box.x + box.width / 2) / width), third((box.y + box.height / 2) / height)];
};

const plural = (word: string, count: number): string =>
  count === 1 || word.endsWith('s')
    ? word
    : word === 'person'
      ? 'people'
      : word.endsWith('child')
        ? `${word}ren`
        : /(?:x|ch|sh)$/.test(word)
          ? `${word}es`
          : `${word}s`;
const article = (words: string): string => (/^[aeiou]/.test(words) ? `an ${words}` : `a ${words}`);

function placeEnglish(box: Sighting['box'], size: Size): string {
  const [across, down] = place(box, size);
  if (across === 0 && down === 0) return 'in the middle';
  const words = [['at the top', '', 'at the bottom'][down + 1], ['on the left', '', 'on the right'][across + 1]];
  return words.filter(Boolean).join(' ');
}

const english: Wording = {
  count: (thing, found) =>
    found.length === 0
      ? `There is no ${thing} in the picture: 0.`
      : `There ${found.length === 1 ? 'is' : 'are'} ${found.length} ${plural(thing, found.length)}.`,
  presence: (thing, found, size) =>
    found.length === 0
      ? `No, there is no ${thing} in the picture.`
      : `Yes, there ${found.length === 1 ? `is ${article(thing)}` : `are ${found.length} ${plural(thing, found.length)}`} ${found.map(({ box }) => placeEnglish(box, size)).join(', ')}.`,
  colour: (thing, found) =>
    `The ${plural(thing, found.length)} ${found.length === 1 ? 'is' : 'are'} ${found.map(({ colour }) => colour).join(', ')}.`,
  check: (thing, found, colour) => {
    const yes = found.every((one) => hasColour(one, colour));
    return `${yes ? 'Yes' : 'No'}, the ${plural(thing, found.length)} ${found.length === 1 ? 'is' : 'are'} ${found.map((one) => one.colour).join(', ')}.`;
  },
  scene: (seen, size) =>
    seen.length === 0
      ? 'I see nothing in particular.'
      : `I see ${seen.map(({ thing, colour, box }) => `${article(`${colour} ${thing.label}`)} ${placeEnglish(box, size)}`).join(', ')}.`,
};

function placeKorean(box: Sighting['box'], size: Size): string {
  const [across, down] = place(box, size);
  const words = [['왼쪽', '', '오른쪽'][across + 1], ['위', '', '아래'][down + 1]].filter(Boolean);
  return words.length === 0 ? '가운데' : words.join(' ');
}

const colourKorean: Readonly<Record<string, string>> = {
  white: '흰색',
  black: '검은색',
  grey: '회색',
  silver: '은색',
  red: '빨간색',
  orange: '주황색',
  yellow: '노란색',
  gold: '금색',
  brown: '갈색',
  beige: '베이지색',
  green: '초록색',
  lime: '연두색',
  turquoise: '청록색',
  blue: '파란색',
  'light blue': '하늘색',
  navy: '남색',
  purple: '보라색',
  pink: '분홍색',
};
const inKorean = (colour: string): string => colourKorean[colour] ?? colourKorean[nearestColour(rgbOf(colour))];
const labelKorean = (label: string): string => nounOf(label).korean[0] ?? label;
const endsInConsonant = (word: string): boolean => (word.charCodeAt(word.length - 1) - 0xac00) % 28 > 0;
const subject = (word: string): string => word + (endsInConsonant(word) ? '이' : '가');
const topic = (word: string): string => word + (endsInConsonant(word) ? '은' : '는');
const bare = (words: string): string =>
  words.replace(/(?:은|는|이|가|을|를|도)$/, (particle, at: number) => (at > 1 ? '' : particle));

const korean: Wording = {
  count: (thing, found) =>
    found.length === 0
      ? `${subject(bare(thing))} 없습니다. 0개입니다.`
      : `${topic(bare(thing))} ${found.length}개 있습니다.`,
  presence: (thing, found, size) =>
    found.length === 0
      ? `아니요, 사진에 ${subject(bare(thing))} 없습니다.`
      : `네, ${subject(bare(thing))} ${found.length}개 있습니다 (${found.map(({ box }) => placeKorean(box, size)).join(', ')}).`,
  colour: (thing, found) => `${topic(bare(thing))} ${found.map(({ colour }) => inKorean(colour)).join(', ')}입니다.`,
  check: (thing, found, colour) =>
    `${found.every((one) => hasColour(one, colour)) ? '네' : '아니요'}, ${topic(bare(thing))} ${found.map((one) => inKorean(one.colour)).join(', ')}입니다.`,
  scene: (seen, size) =>
    seen.length === 0
      ? '특별히 보이는 것이 없습니다.'
      : `${seen.map(({ thing, colour, box }) => `${placeKorean(box, size)}에 ${inKorean(colour)} ${labelKorean(thing.label)}`).join(', ')}: 이런 것들이 보입니다.`,
};
