import { isKoreanThing, trimKorean } from '../frames/korean-thing.ts';

interface Fault {
  readonly pattern: RegExp;
  readonly mend: string;
}

const of = (predicates: string): RegExp =>
  new RegExp(
    `^(?:(?:아|음|근데|어|저기|이런|헐|에고|보니까|다시 보니) )*(?:(?<thing>.+?)(?:이|가|은|는|도)? )?(?:(?:좀|쫌|너무|많이|살짝|약간|영|되게|엄청|조금|왜 이렇게|왜케|진짜|전체적으로|다|심하게) )*(?:${predicates})[\\s\\S]*$`,
  );
const faults: readonly Fault[] = [
  { pattern: of('기울|삐딱|삐뚤|비뚤|비스듬|수평이 안|수평 안|안 맞|쏠려'), mend: '수평 맞춰줘' },
  { pattern: of('어두|어둡|시커|컴컴|칙칙|그늘'), mend: '밝게 해줘' },
  { pattern: of('밝|허옇|하얗게 날|눈부|환하'), mend: '어둡게 해줘' },
  { pattern: of('흐리멍|흐릿|뿌옇|뿌연|흐리|초점이 나|초점이 안'), mend: '선명하게 해줘' },
];

/** 흐리게 해놨네: somebody made it so, and may have meant to. */
const done = /(?:게|로) ?(?:해|만들어|처리해|바꿔|칠해|보정해) ?(?:놨|놓았|뒀|버렸|줬|주셨)/;

/** A complaint that one of the adjustments mends: 사진이 기울었어. */
export function koreanFault(chunk: string): { readonly mend: string; readonly thing?: string } | undefined {
  const text = chunk.replace(/[\s,.~!?…;ㅋㅎㅠㅜㅡ]+$/, '').trim();
  if (/(?:주시면|주면|줘|주세|줄래|부탁|바랍|좋겠|감사|게요|하자|할래)/.test(text) || done.test(text)) return undefined;
  for (const { pattern, mend } of faults) {
    const match = pattern.exec(text);
    if (!match) continue;
    const thing = trimKorean(match.groups?.thing ?? '');
    const named =
      thing !== '' &&
      isKoreanThing(thing) &&
      !/^(?:이 |그 )?(?:사진|그림|이미지|화면|수평|수평선|전체|이거|그거|얘|건물|바다|전체적|전체적으로|전반적으로)$/.test(
        thing,
      );
    return named ? { mend, thing } : { mend };
  }
  return undefined;
}
