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

const amountOf = ({ amount }: Parameters): number => (typeof amount === 'number' ? amount : 0);

/** The colour as written, where it can stand in a sentence of that language. */
function colourOf({ colour }: Parameters, language: Language): string | undefined {
  if (typeof colour !== 'string') return undefined;
  return language === 'en' && /[가-힣]/.test(colour) ? undefined : colour;
}

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
  },
  ko: {
    recolour: (what) => `${what} 색 바꾸기`,
    fill: (what) => `${what} 단색으로 채우기`,
    clear: (what) => `${what} 투명하게 만들기`,
    brighten: (what) => `${what} 밝기 조절하기`,
    blur: (what) => `${what} 흐리게 하기`,
    pixelate: (what) => `${what} 모자이크 처리하기`,
  },
};

export const adjustmentTask = (operation: string, what: string, language: Language): string =>
  tasks[language][operation]?.(what) ?? (language === 'ko' ? `${what} 바꾸기` : `Change ${what}`);
