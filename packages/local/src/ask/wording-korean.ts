import { koreanName } from '../detect/vocabulary.ts';
import { type ColourName, koreanColour } from './colour-names.ts';
import type { Finding, Sighting } from './look.ts';
import { type Place, placeOf } from './place.ts';
import { nameRow, type RowPlace } from './row.ts';
import { coverage, type Found, howMany, percent, scores, unsure, type Wording, withoutPlace } from './wording-parts.ts';

/** Whether the last syllable ends in a consonant; other scripts count as a vowel. */
function endsInConsonant(text: string): boolean {
  const code = text.charCodeAt(text.length - 1) - 0xac00;
  return code >= 0 && code < 11_172 && code % 28 !== 0;
}
/** `text` with the particle of the pair that fits: 컵이, 개가. */
const withParticle = (text: string, [afterConsonant, afterVowel]: readonly [string, string]): string =>
  text + (endsInConsonant(text) ? afterConsonant : afterVowel);
const subject = (text: string) => withParticle(text, ['이', '가']);
const topic = (text: string) => withParticle(text, ['은', '는']);
const and = (texts: readonly string[]): string =>
  texts.map((text, index) => (index < texts.length - 1 ? withParticle(text, ['과 ', '와 ']) : text)).join('');

const animals = new Set([
  'animal',
  'pet',
  'bird',
  'cat',
  'dog',
  'horse',
  'sheep',
  'cow',
  'elephant',
  'bear',
  'zebra',
  'giraffe',
]);
const machines = new Set([
  'vehicle',
  'bicycle',
  'car',
  'motorcycle',
  'airplane',
  'bus',
  'truck',
  'tv',
  'laptop',
  'cell phone',
  'refrigerator',
]);

/** The word that counts a thing: 사람 2명, 고양이 1마리. */
export function counterFor(label: string): string {
  if (label === 'person') return '명';
  if (animals.has(label)) return '마리';
  if (machines.has(label)) return '대';
  return label === 'book' ? '권' : '개';
}

/** The label in the words of the question: "오른쪽에서 두 번째 빨간색 컵". */
function noun({ thing: { which, colour }, label, only }: Finding): string {
  const kind = colour ? `${koreanColour(colour)} ${koreanName(label)}` : koreanName(label);
  if (!which) return kind;
  if (only) return `하나뿐인 ${kind}`;
  return `${which.parsed.language === 'ko' ? which.before : `"${which.said}"에 맞는`} ${kind}`.trim();
}
const number = ({ label, sightings }: Finding): string => `${sightings.length}${counterFor(label)}`;
const caveat = ({ thing, label, narrower }: Finding): string =>
  narrower ? ` 저는 "${koreanName(label)}"까지만 알아보며, "${thing.phrase}"인지는 구별하지 못합니다.` : '';
const seenAs = ({ label, sightings }: Found): string => {
  const labels = [...new Set(sightings.map((sighting) => sighting.label))];
  return labels.length === 1 && labels[0] === label ? '' : `${labels.map(koreanName).join(', ')}, `;
};
const colourList = (colours: readonly ColourName[]): string => and(colours.map(koreanColour)) || '뚜렷하지 않은 색';

const rowNames: Readonly<Record<RowPlace, string>> = {
  left: '왼쪽 것',
  middle: '가운데 것',
  right: '오른쪽 것',
  top: '위쪽 것',
  bottom: '아래쪽 것',
};

/** Two or three by their places, more from left to right. One thing was asked for where the words fit several. */
function each(found: Found, describe: (sighting: Sighting) => string): string {
  const [first, second] = found.sightings;
  const { which } = found.thing;
  // The particle follows the word before the bracket by sound: 컵(51 %)은.
  const sure = (name: string, { score }: Sighting) => `${name}(${percent(score)})${topic(name).slice(-1)}`;
  if (!second) return `${sure(noun(found), first)} ${describe(first)}입니다.${caveat(found)}`;
  const unclear = which !== undefined && !which.parsed.all;
  const start = unclear
    ? `"${which.said}"에 맞는 ${noun({ ...found, thing: withoutPlace(found.thing) })}`
    : noun(found);
  const row = nameRow(found.sightings)?.map(
    ([place, sighting]) => `${sure(rowNames[place], sighting)} ${describe(sighting)}`,
  );
  const list = row ?? found.sightings.map((sighting) => `${describe(sighting)}(${percent(sighting.score)})`);
  return `${subject(start)} ${number(found)} 보입니다. ${row ? '' : '왼쪽부터 '}${list.join('; ')}입니다.${caveat(found)}`;
}

const placeNames: Readonly<Record<Place, string>> = {
  'upper left': '왼쪽 위',
  top: '위쪽',
  'upper right': '오른쪽 위',
  left: '왼쪽',
  middle: '가운데',
  right: '오른쪽',
  'lower left': '왼쪽 아래',
  bottom: '아래쪽',
  'lower right': '오른쪽 아래',
};

export const korean: Wording = {
  count: (found) =>
    `${subject(noun(found))} ${number(found)} 보입니다 (${seenAs(found)}${scores(found.sightings)}).${caveat(found)}`,
  presence: (found) =>
    `네, ${unsure(found) ? '아마도 ' : ''}${subject(noun(found))} ${found.sightings.length === 1 ? '' : `${number(found)} `}보입니다 ` +
    `(${seenAs(found)}${scores(found.sightings)}).${caveat(found)}`,
  colour: (found) => each(found, ({ colours }) => colourList(colours)),
  colourCheck: (found, asked) => {
    const verdict = { all: '네', some: '일부만 그렇습니다', none: '아니요' }[howMany(found, asked)];
    return `${verdict}. ${each(found, ({ colours }) => colourList(colours))}`;
  },
  position: (found, picture) =>
    each(found, ({ box }) => {
      const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
      return `${placeNames[placeOf(box, picture)]}, 상자 x ${x}, y ${y}, ${width} x ${height} 픽셀`;
    }),
  size: (found, picture) =>
    each(
      found,
      (sighting) =>
        `${Math.round(sighting.box.width)} x ${Math.round(sighting.box.height)} 픽셀, 상자가 사진의 ${coverage(sighting, picture)}`,
    ),
  absent: (finding, yesOrNo) => `${yesOrNo ? '아니요, ' : ''}${subject(noun(finding))} 보이지 않습니다.`,
  scene: (findings) =>
    findings.length === 0
      ? '이 사진에서 알아볼 수 있는 것이 없습니다.'
      : `${findings.map((finding) => `${noun(finding)} ${number(finding)}(${scores(finding.sightings)})`).join(', ')}가 보입니다.`,
};
