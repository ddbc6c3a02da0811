import type { Language } from '../capabilities/ask/contract.ts';
import { withParticle } from '../errors/korean/particle.ts';

type Parameters = Readonly<Record<string, unknown>>;
type Task = (what: string, parameters: Parameters) => string;

/** "Rieul", after which the particle is that of a vowel. */
const rieul = 8;
/** Characters of a parameter in a question. */
const longest = 60;

const said = (value: unknown): string => `“${String(value).slice(0, longest)}”`;
const amount = ({ amount: value }: Parameters): number | undefined => (typeof value === 'number' ? value : undefined);
const isDarker = (parameters: Parameters): boolean => (amount(parameters) ?? 0) < 0;
const isPartly = (parameters: Parameters): boolean => (amount(parameters) ?? 1) < 1;
const object = (what: string): string => withParticle(what, '을/를');

/** What the operations do, in words that everybody knows. One that is not here is called by its name. */
const tasks: Readonly<Record<Language, Readonly<Partial<Record<string, Task>>>>> = {
  en: {
    blur: (what) => `Blur ${what}`,
    brighten: (what, parameters) => `Make ${what} ${isDarker(parameters) ? 'darker' : 'brighter'}`,
    clear: (what) => `Make ${what} transparent`,
    crop: (what) => `Crop the picture to ${what}`,
    desaturate: (what, parameters) =>
      isPartly(parameters) ? `Take some of the colour out of ${what}` : `Make ${what} black and white`,
    fill: (what, { colour }) => `Fill ${what} with ${colour ?? 'one colour'}`,
    outline: (what, { colour }) => `Draw a ${colour ?? 'white'} line around ${what}`,
    pixelate: (what) => `Pixelate ${what}`,
    recolour: (what, { colour }) => `Make ${what} ${colour ?? 'another colour'}`,
    sharpen: (what) => `Sharpen ${what}`,
    straighten: (_what, { angle }) =>
      typeof angle === 'number' ? `Turn the picture by ${angle}°` : 'Straighten the picture',
  },
  ko: {
    blur: (what) => `${object(what)} 흐리게 하기`,
    brighten: (what, parameters) => `${object(what)} ${isDarker(parameters) ? '어둡게' : '밝게'} 하기`,
    clear: (what) => `${object(what)} 투명하게 만들기`,
    crop: (what) => `${what}에 맞춰 사진 자르기`,
    desaturate: (what, parameters) =>
      isPartly(parameters) ? `${what}의 색을 일부 빼기` : `${object(what)} 흑백으로 바꾸기`,
    fill: (what, { colour }) => `${object(what)} ${inColour(colour)} 채우기`,
    outline: (what, { colour }) => `${what}에 ${colour ?? 'white'} 테두리 두르기`,
    pixelate: (what) => `${object(what)} 모자이크 처리하기`,
    recolour: (what, { colour }) => `${object(what)} ${inColour(colour)} 바꾸기`,
    sharpen: (what) => `${object(what)} 선명하게 하기`,
    straighten: (_what, { angle }) => (typeof angle === 'number' ? `사진을 ${angle}도 돌리기` : '사진의 수평을 맞추기'),
  },
};

/** 파랗게 is an adverb as it stands; 파란색 and 빨강 take the particle of a consonant, 살구 of a vowel. */
function inColour(colour: unknown): string {
  if (colour === undefined) return '다른 색으로';
  const word = String(colour);
  if (word.endsWith('게')) return word;
  const last = word.charCodeAt(word.length - 1);
  if (!(last >= 0xac00 && last <= 0xd7a3)) return `${word} 색으로`;
  const final = (last - 0xac00) % 28;
  return `${word}${final === 0 || final === rieul ? '로' : '으로'}`;
}

/** What no task says by itself: `radius: 12`. */
const told: Readonly<Partial<Record<string, readonly string[]>>> = {
  brighten: [],
  fill: ['colour'],
  outline: ['colour'],
  recolour: ['colour'],
  straighten: ['angle'],
};

/**
 * What a call of `adjust_image` would do: "Blur everything but “cup”", `“컵”을 뺀 나머지를 흐리게 하기`.
 * @param thing words for the target, in quotes; undefined where the call names none
 */
export function adjustmentWords(
  language: Language,
  thing: string | undefined,
  input: Readonly<Record<string, unknown>>,
): string {
  const { operation, region } = input;
  const parameters = parametersOf(input.parameters);
  const name = String(operation ?? '?');
  const what = changed(language, thing, region, isTargeted(input));
  const own = Object.hasOwn(tasks[language], name) ? tasks[language][name] : undefined;
  const task =
    own?.(what, shortened(parameters)) ??
    (language === 'ko' ? `${what}에 ${said(name)} 적용하기` : `Change ${what}: ${said(name)}`);
  const more = Object.entries(parameters).filter(([key, value]) => !told[name]?.includes(key) && isPlain(value));
  const details = more.map(([key, value]) => `${key}: ${String(value).slice(0, longest)}`).join(', ');
  // A Korean task is turned into a question by its last word, so that nothing may follow it.
  if (details === '') return task;
  return language === 'ko' ? `(${details}) ${task}` : `${task} (${details})`;
}

function changed(language: Language, thing: string | undefined, region: unknown, isTarget: boolean): string {
  const part = language === 'ko' ? '사진의 일부' : 'a part of the picture';
  const subject = language === 'ko' ? '사진의 주인공' : 'the main subject';
  const target = thing ?? (isTarget ? part : subject);
  if (region === 'everything') return language === 'ko' ? '사진 전체' : 'the whole picture';
  if (region !== 'background') return target;
  return language === 'ko' ? `${object(target)} 뺀 나머지` : `everything but ${target}`;
}

const isTargeted = ({ mask, box }: Readonly<Record<string, unknown>>): boolean =>
  mask !== undefined || box !== undefined;

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** Text as it may stand in a sentence; what is no text or number is left out. */
const shortened = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([, value]) => isPlain(value))
      .map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, longest) : value]),
  );

const parametersOf = (value: unknown): Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
