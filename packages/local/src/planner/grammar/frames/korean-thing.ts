import { finalSound } from '../../wording/particles.ts';

const lead =
  /^(?:(?:\S+답게|저기|저어기|쩌기|혹시|그럼|그러면|근데|그런데|그리고|글고|그담에|그다음에|그 다음에|그 다음|이제|이번엔|이번에는|일단|우선|먼저|마지막으로|아|어|음|흠|앗|오|자|걍|그냥|제발|아예|역시|암튼|아무튼|어쨌든|대신|그니까|그러니까|또|다시|좀|쫌|빨리|얼른|나머지는?(?= \S+만)|여기|여기서|거기|거기서|사진에서|사진 속|사진속|이 사진에서|사진에|이미지에서|그림에서|화면에서|우리|울|제|내|너무|진짜|아니|아니아니|ㄴㄴ|ㅇㅇ|ㅇㅋ|오케이|좋아|응|네|넵|ㅋㅋ+|ㅎㅎ+|ㅠㅠ+|벌써|이번에도|여전히|아직)[,.~!… ]+)+/;
const tail =
  /(?: (?:진하게|연하게|옅게|짙게|골고루|(?:못|안) ?[^ ]+(?:게|도록)|좀|쫌|한번|한 번|전부|모두|다|싹|완전히|완전|깨끗하게|깨끗이|빨리|얼른|그냥|제발|바로|확|하나만|하나|살짝|살짝만|조금|조금만|약간|약간만|많이|더|도로|다시|다 같이|둘 ?다|둘다|전체적으로|부분|쪽|쪽에|쪽만|부분만|부분을|그것만|자연스럽게|예쁘게|이쁘게|깔끔하게|같은|싹 다|따로|딱|제대로|얘|쟤))+$/;
const nounEnds =
  /(?:고양이|호랑이|어린이|원숭이|거북이|달팽이|부엉이|지팡이|쌍둥이|멍멍이|멍뭉이|냥이|종이|오이|아이|목걸이|귀걸이|옷걸이|놀이|떡볶이|손잡이|인형놀이|돌이|꼬마아이|구이|둥이|토끼|잠자리|조끼|개구리|강아지|병아리|항아리|송아지|사자|의자|모자|과자|피자|액자|상자|그림자|포도|지도|파도|자두|두부|도로|거리|다리|머리|꼬리|접시|시계|안경|가로등|신호등|등|가면|포크|수도|온도|기타|치타|바다|노트|자도|칼라|시소|감자|여자|남자|아저씨|초|차|지은|거울|가을|마을|노을|저울|방울|풀밭|겨울|여울|이슬|구슬)$/;

/** The noun without the particle at its end, where that fits the sound before it: 마을 and 고양이 stay whole. */
function withoutParticle(phrase: string): string {
  if (nounEnds.test(phrase)) return phrase;
  const long =
    /(?<=\S)(?:에다가|에게서|한테서|에다|에게|한테|까지|부터|처럼|보다|이랑|에서|에는|에만|한테도|한테만|꺼만|것만|거만)$/.exec(
      phrase,
    );
  if (long) return phrase.slice(0, long.index).replace(/(?<=.)(것|거|꺼)?$/, '$1');
  const last = phrase.at(-1) ?? '';
  const before = phrase.slice(0, -1);
  const sound = finalSound(before);
  if (before === '' || sound === undefined) return phrase;
  if (/[을은이]/.test(last)) return sound === 'vowel' ? phrase : before;
  if (/[를는가]/.test(last)) return sound === 'vowel' || /[a-z]$/i.test(before) ? before : phrase;
  return /[도만에]/.test(last) ? before : phrase;
}

/** A Korean phrase for a thing without particles, adverbs and words of address around it. */
export function trimKorean(words: string): string {
  let rest = words.replace(/^[\s,.~!…+-]+|[\s,.~!…+-]+$/g, '');
  if (/^(?:(?:그|저|이) )?둘 ?다(?:한테|에게|에|를)?$/.test(rest)) return '둘 다';
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replace(lead, '')
      .replace(tail, '')
      .replace(/(?<=[가-힣a-z])(?:좀|쫌)$/i, '')
      .replace(/(?:그거|그것)$/, (word) => (rest === word ? word : ''))
      .replace(/[\s,.~!…]+$/, '')
      .trim();
    const bare = withoutParticle(rest);
    if (bare !== '') rest = bare.trim();
  }
  return /^(?:좀|쫌|더|너무|다|싹|많이|조금|살짝|약간|그냥)$/.test(rest) ? '' : rest;
}

const verbal =
  /(?:^| )[가-힣]*(?:(?<![화라장벽정측표가단냉옆앞])면|[이니]라면|니까|라서|는데|은데|인데|네요|줘|줘요|주세요|(?:기|빼|두|우|하|리|놓|꾸|들|르|이|히|주|시|애|살리)고|(?:려|해|워|져|춰|쳐|따|라)서|거든|거든요|잖아|잖아요|고요|려고|지만|습니다|어요|아요|예요|에요|했어|었어|았어|구요|더니|길래|으며|면서|지 ?말|지 ?마|말고|아니고|아니라|해서|워서|라도|할게|이고|려면|든지|있죠|있지|있잖아)(?= |$)/;
/** Longer phrases name no thing. */
const mostWords = 12;

/** Whether Korean words can be the name of a thing; no clause of its own, no request. */
export const isKoreanThing = (words: string): boolean =>
  words !== '' &&
  !/^(?:그|이|저|거기)$|(?:^| )(?:[가-힣]+색|빨강|파랑|노랑)$/.test(words) &&
  !/(?:나오|보이|남|차|되|하|있|들어가)게$/.test(words) &&
  !/(?:이|가|은|는) (?:너무|좀|진짜|많이|자꾸|영) /.test(words) &&
  !/(?:(?:색|선|줄|크|쪽|영역)(?:으로|로)|맞춰|맞추어|위주로|중심으로|기준으로)$/.test(words) &&
  !/(?:이|가) \S*(?:려|러워|기네|리네)$/.test(words) &&
  !/(?:^| )\S*(?:지|바꾸|없애|자르)진$/.test(words) &&
  words.split(' ').length <= mostWords &&
  /[\p{L}\p{N}]/u.test(words) &&
  !/[,;?!]/.test(words) &&
  !verbal.test(words);
