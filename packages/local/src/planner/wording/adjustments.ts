import type { Language } from '../grammar/language.ts';
import { withParticle } from './particles.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** How one adjustment is told. */
interface Words {
  /** "I made the cup blue", from "the cup (cup, 51 %)". */
  done(what: string, parameters: Parameters): string | undefined;
  /** Korean: "파란색이 되었습니다"; English: what follows "it": "is", "is blurred". Undefined: the general words. */
  seen(parameters: Parameters): string;
}

const amountOf = ({ amount }: Parameters, usual = 0): number => (typeof amount === 'number' ? amount : usual);

/** The colour as written, where it can stand in a sentence of that language. */
function colourOf({ colour }: Parameters, language: Language): string | undefined {
  if (typeof colour !== 'string') return undefined;
  return language === 'en' && /[가-힣]/.test(colour) ? undefined : colour;
}

/** Whether a turn was asked for by an angle, or left to the picture's lines. */
const hasAngle = ({ angle }: Parameters): boolean => typeof angle === 'number';

const madeIt = (word: (parameters: Parameters) => string | undefined): Words => ({
  done: (what, parameters) => {
    const adjective = word(parameters);
    return adjective && `I made ${what} ${adjective}`;
  },
  seen: () => 'is',
});
const didIt = (verb: string): Words => ({ done: (what) => `I ${verb} ${what}`, seen: () => `is ${verb}` });
const object = (what: string): string => withParticle(what, '을/를');

const inKoreanColour: Words = {
  done: (what, parameters) => {
    const colour = colourOf(parameters, 'ko');
    // 파랗게 is an adverb as it stands; 파란색 takes a particle.
    return colour && `${object(what)} ${colour.endsWith('게') ? colour : withParticle(colour, '으로/로')} 바꿨습니다`;
  },
  seen: () => '요청한 색이 되었습니다',
};

/** Operations that are not named here get general words. */
const words: Readonly<Record<Language, Readonly<Partial<Record<string, Words>>>>> = {
  en: {
    recolour: madeIt((parameters) => colourOf(parameters, 'en')),
    fill: madeIt((parameters) => colourOf(parameters, 'en')),
    clear: madeIt(() => 'transparent'),
    brighten: madeIt((parameters) => (amountOf(parameters) < 0 ? 'darker' : 'brighter')),
    blur: didIt('blurred'),
    pixelate: didIt('pixelated'),
    desaturate: {
      done: (what, parameters) =>
        amountOf(parameters, 1) < 1 ? `I took some of the colour out of ${what}` : `I made ${what} black and white`,
      seen: (parameters) => (amountOf(parameters, 1) < 1 ? 'is less colourful' : 'is without colour'),
    },
    sharpen: madeIt(() => 'sharper'),
    outline: {
      done: (what, parameters) => {
        const colour = colourOf(parameters, 'en') ?? (parameters.colour === undefined ? 'white' : undefined);
        return colour && `I drew a ${colour} line around ${what}`;
      },
      seen: () => 'is outlined',
    },
    crop: { done: (what) => `I cropped the picture to ${what}`, seen: () => 'is inside, and what stayed is unchanged' },
    straighten: {
      done: (what, parameters) => `I ${hasAngle(parameters) ? 'turned' : 'straightened'} ${what}`,
      seen: (parameters) => (hasAngle(parameters) ? 'is turned' : 'is level'),
    },
  },
  ko: {
    recolour: inKoreanColour,
    fill: inKoreanColour,
    clear: { done: (what) => `${object(what)} 투명하게 만들었습니다`, seen: () => '투명해졌습니다' },
    brighten: {
      done: (what, parameters) => `${object(what)} ${amountOf(parameters) < 0 ? '어둡게' : '밝게'} 했습니다`,
      seen: (parameters) => (amountOf(parameters) < 0 ? '어두워졌습니다' : '밝아졌습니다'),
    },
    blur: { done: (what) => `${object(what)} 흐리게 했습니다`, seen: () => '흐려졌습니다' },
    pixelate: { done: (what) => `${object(what)} 모자이크 처리했습니다`, seen: () => '모자이크 처리되었습니다' },
    desaturate: {
      done: (what, parameters) =>
        amountOf(parameters, 1) < 1 ? `${what}의 채도를 낮췄습니다` : `${object(what)} 흑백으로 바꿨습니다`,
      seen: (parameters) => (amountOf(parameters, 1) < 1 ? '채도가 낮아졌습니다' : '흑백이 되었습니다'),
    },
    sharpen: { done: (what) => `${object(what)} 선명하게 했습니다`, seen: () => '선명해졌습니다' },
    outline: { done: (what) => `${what}에 테두리를 둘렀습니다`, seen: () => '테두리가 생겼습니다' },
    crop: {
      done: (what) => `${what}에 맞춰 사진을 잘랐습니다`,
      seen: () => '대상이 모두 들어 있고 남은 픽셀은 그대로입니다',
    },
    straighten: {
      done: (what, parameters) => (hasAngle(parameters) ? `${object(what)} 돌렸습니다` : `${what}의 수평을 맞췄습니다`),
      seen: (parameters) => (hasAngle(parameters) ? '요청한 만큼 돌아갔습니다' : '수평이 맞습니다'),
    },
  },
};

export interface Adjusted {
  readonly operation: string;
  readonly parameters: Parameters;
  /** As shown: "the cup". */
  readonly what: string;
  /** What it was recognised as: " (cup, 51 %)". */
  readonly named: string;
  readonly several: boolean;
}

/** What an adjustment did, and what a second look sees where it worked. */
export function tellAdjustment(
  { operation, parameters, what, named, several }: Adjusted,
  language: Language,
): { readonly done: string; readonly seen: string } {
  const known = words[language][operation];
  if (language === 'ko') {
    const done = known?.done(what, parameters);
    if (known && done !== undefined) return { done: done + named, seen: known.seen(parameters) };
    return { done: `${object(what)} 요청대로 바꿨습니다${named}`, seen: '요청대로 되었습니다' };
  }
  const done = known?.done(what + named, parameters);
  const be = (rest: string): string => (several ? `they ${rest.replace(/^is/, 'are')}` : `it ${rest}`);
  if (known && done !== undefined) return { done, seen: be(known.seen(parameters)) };
  return { done: `I changed ${what}${named} as asked`, seen: be('is as asked') };
}

/** What the step is called where the person's own words are in another language than the answer. */
const tasks: Readonly<Record<Language, Readonly<Partial<Record<string, (what: string) => string>>>>> = {
  en: {
    recolour: (what) => `Change the colour of ${what}`,
    fill: (what) => `Fill ${what} with a colour`,
    clear: (what) => `Make ${what} transparent`,
    brighten: (what) => `Change the brightness of ${what}`,
    blur: (what) => `Blur ${what}`,
    pixelate: (what) => `Pixelate ${what}`,
    desaturate: (what) => `Take the colour out of ${what}`,
    sharpen: (what) => `Sharpen ${what}`,
    outline: (what) => `Draw a line around ${what}`,
    crop: (what) => `Crop to ${what}`,
    straighten: () => 'Straighten the picture',
  },
  ko: {
    recolour: (what) => `${what} 색 바꾸기`,
    fill: (what) => `${what} 단색으로 채우기`,
    clear: (what) => `${what} 투명하게 만들기`,
    brighten: (what) => `${what} 밝기 조절하기`,
    blur: (what) => `${what} 흐리게 하기`,
    pixelate: (what) => `${what} 모자이크 처리하기`,
    desaturate: (what) => `${what} 색 빼기`,
    sharpen: (what) => `${what} 선명하게 하기`,
    outline: (what) => `${what}에 테두리 두르기`,
    crop: (what) => `${what}에 맞춰 자르기`,
    straighten: () => '사진 수평 맞추기',
  },
};

export const adjustmentTask = (operation: string, what: string, language: Language): string =>
  tasks[language][operation]?.(what) ?? (language === 'ko' ? `${what} 바꾸기` : `Change ${what}`);
