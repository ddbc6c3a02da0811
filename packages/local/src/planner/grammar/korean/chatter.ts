import { isKoreanThing, trimKorean } from '../frames/korean-thing.ts';
import { lastNounPhrase } from './noun-phrase.ts';

const filler =
  /^(?:(?:안녕|안녕하세요|안뇽|하이|헬로|여보세요|저기|저기요|혹시|죄송|죄송한데|죄송한데요|죄송합니다|미안|미안한데|실례합니다|실례지만|고마워|고마워요|고맙습니다|감사|감사해요|감사합니다|감사요|땡큐|수고|수고하세요|수고하십니다|네|넵|넹|예|응|웅|어|아|음|흠|앗|오|와|우와|헐|헉|에이|에구|아이고|아이구|어우|아우|으|자|그래|그래요|그렇구나|좋아|좋아요|좋네|좋네요|좋습니다|굿|굳|최고|완벽|완벽해|완벽해요|예쁘다|이쁘다|이쁘네|예쁘네|예쁘네요|멋지다|멋져요|대박|됐다|됐어|됐어요|됐네|오케이|오키|ok|ㅇㅋ|ㅇㅇ|ㄴㄴ|그럼|그러면|그리고|글고|근데|그런데|아니|아니아니|아냐|아니다|아니야|잠깐|잠깐만|참|맞다|아참|이제|일단|우선|먼저|마지막으로|끝|끝이야|이상|이상입니다|부탁|부탁해|부탁해요|부탁드려요|부탁드립니다|부탁드릴게요|부탁이야|부탁이에요|제발|플리즈|별로|별로다|별로네|별로네요|다|둘|진짜|정말|너무|역시|또|다시|한번|그냥|걍|이거|이게|저거|그거|건|거|것|좀|쫌|하나만|작업|오빠|언니|형|누나|선생님|사장님|기사님|여러분|님|ㅎ+|ㅋ+|ㅠ+|ㅜ+|ㅡ+|\^+|;+)[\s,.~!?…;]*)+$/;
const ends =
  /(?:니까|니까요|라서|라서요|아서요|어서요|해서요|서요|는데|는데요|은데|은데요|인데|인데요|한데|한데요|운데|운데요|건데|건데요|데요|네|네요|거든|거든요|잖아|잖아요|있지|있죠|려고|려고요|려구|려구요|길래|더라|더라고|더라고요|던데|던데요|지만|거라|거라서|거라서요|이라|구만|구나|군|군요|텐데|텐데요|탓에|때문에|때문에요|때문이에요|땜에|덕분에|할거야|할 거야|거야|거예요|거에요|거임|할거임|겁니다|예정|예정이야|예정입니다|예정이에요|중이야|중이에요|중입니다|었어|았어|했어|였어|겠어|었어요|았어요|했어요|였어요|겠어요|었다|았다|했다|었음|았음|했음|왔어|왔네|갔어|났어|졌어|겼어|렸어|왔다|같아|같아요|같네|같네요|같은데|싶어서|이다|하다|없다|있다|한다|된다|간다|온다|보인다|비침|거슬림|거슬려|거슬려요|거슬리네|별로야|별로예요|별로네|이야|이에요|예요|입니다|합니다|됩니다|습니다|냐고|라니까|나봐|나 봐|는지 모르겠어|모르겠어|모르겠어요|모르겠네|싫어|싫어요|싫다|좋다|좋네|좋은데|아까워|이상해|이상하다|이상하네|어색해|어색하다|안 보여서|안보여|안 보여|심심해|답답해|허전하다|허전해|아쉬워|아쉽다|아쉽네|몰라|몰라요|정신없어|정신없네|산만해|산만하네|어수선해|걸려|걸리네|궁금해|궁금해서|궁금하네|싶네|하자|거지|거죠|거라고|댔어|달래|대요|래요)[\s,.~!?…;ㅋㅎㅠㅜㅡ]*$/;
/** Wishes that end like statements. */
const wishes =
  /(?:감사하겠|고맙겠|주시면|주면|주면 좋겠|줬으면|줄 수|주실 수|해야|좋겠|싶어(?!서)|싶은데|바랍니다|부탁|해 ?줘|주세요|하고 싶|원해|원합니다|필요해|필요합니다|됩니다|되겠)/;

/** Whether a chunk of a Korean sentence asks for nothing: a greeting, a reason, a remark. */
export function isKoreanChatter(chunk: string): boolean {
  const text = chunk.replace(/^[\s,.~!…;]+|[\s]+$/g, '');
  if (text === '' || !/[\p{L}\p{N}]/u.test(text)) return true;
  if (filler.test(text) || /부탁 ?(?:하나|한 가지|좀)? ?(?:하자|할게|드릴게|있|들어)/.test(text)) return true;
  if (/(?:^| )(?:몇|무슨|뭐가|뭘|무엇|어디|누구|어떤|얼마)/.test(text) && !/(?:모르|왜|라고|했더니|뒀|놨)/.test(text))
    return false;
  if (/[?？]\s*$/.test(text) && !/(?:잖아|있지|있죠|않나)[?]/.test(text)) return false;
  return ends.test(text) && !wishes.test(text);
}

const remark =
  /^(?:(?:아|음|저기|근데|진짜|어|오|헐|그|저|아니|여기|사진에|뒤에|거기) )*(?<thing>.+?)(?:이|가|은|는|도|들이)? ?(?:(?:좀|자꾸|너무|영|진짜|계속|왜|왜케|왜 이렇게) )*(?:있잖아|있죠|있지|있는데|보이지|보이죠|보이는데|보이네|있네|거슬|걸리적|걸려|걸리|눈에 띄|튀|신경|방해|가리|왜 나왔|나왔|찍혔|끼어|지저분|별로|이상|못생|망|흐릿|흐리멍|어두|시커|밝|뿌옇|칙칙|침침|심심|안 어울|어색|너무|나옴|나왔는데|굴러)[\s\S]*$/;

const feels =
  /(?:좋아|싫어|무서|말[하했씀]|하래|달래|보내|부탁|원하|궁금|그러|그랬|웃|울|화내|놀라|놀려|봤|보고|쓸|올릴|만들|넣을|졸라|삐졌|시켰|시켜)/;
const nobody =
  /^(?:저|나|제|내|우리|손님|사장님|부장님|팀장님|선생님|엄마|아빠|친구|남편|아내|와이프|애들|사람들|누가|다들|시간|마음|기분|날씨|느낌|분위기|톤|색감|눈|손|이거|그거|이게|그게|전체적|사진|이 사진|화면|전체적으로|전반적으로)$/;

/** What stands with a predicate before its last word: 보기 싫은데, 들고 있는데, 나오면 안 되니까. */
const partOfPredicate =
  /^(?:[가-힣]+(?:기|고|면|지|게|러|아|어|여|워|해|려)|안|못|잘|좀|너무|많이|자꾸|계속|진짜|영|되게|엄청|조금|살짝|왜|다|완전|더|별로|그냥|너무너무)$/;
const bodyPart = /^(?:눈|코|입|손|발|머리|고개|표정|얼굴|다리|팔)$/;

/** What a statement says something about: 맨 아래 달린 사과가 썩었네. Nobody who only feels or says something. */
export function koreanSubject(statement: string): string | undefined {
  const words = statement.replace(/[\s,.~!?…;ㅋㅎㅠㅜㅡ]+$/, '').split(' ');
  let end = words.length - 1;
  while (end > 0 && partOfPredicate.test(words[end - 1])) end--;
  const said = words.slice(end).join(' ');
  if (end === 0 || feels.test(said)) return undefined;
  const { phrase, before } = lastNounPhrase(words.slice(0, end).join(' '));
  const own = trimKorean(phrase).replace(/ (?:색|색깔|색상)$/, '');
  // 여자가 눈을 감았는데: her eyes, but she is spoken of.
  const thing = bodyPart.test(own) ? trimKorean(lastNounPhrase(before).phrase) || own : own;
  if (/배경$/.test(thing)) return '배경';
  return thing !== '' && !nobody.test(thing) && isKoreanThing(thing) ? thing : undefined;
}

/** The thing that a remark is about, where a request for it may follow: 자전거가 걸리적거리네. */
export function koreanTopic(chunk: string): string | undefined {
  const lost =
    /^(?<thing>.+?)(?:을|를|은|는|이|가)? (?:어디|어따|어데|어디다|어디에)[가-힣]* .*(?:모르|못 찾|까먹)/.exec(chunk)
      ?.groups?.thing;
  const words = lost ?? remark.exec(chunk.replace(/[\s,.~!?…;ㅋㅎㅠㅜㅡ]+$/, ''))?.groups?.thing;
  if (words === undefined) return undefined;
  const thing = trimKorean(
    words.replace(
      /(?:이|가|은|는)? ?(?:한|두|세|네|다섯|여섯|여러|\d+) ?(?:개|명|마리|대|장|송이|권|잔|자루|그루)(?:나|가|이)?(?: 다)?$/,
      '',
    ),
  );
  const self =
    /^(?:눈|내|제|나|저|내가|제가|우리|사진|이 사진|색|그거|이거|그것|얘|걔|전체적|화면|배경|아무것|둘|다|마음|시간)$/;
  const own = thing.replace(/ (?:색|색깔|색상)$/, '');
  return isKoreanThing(own) && !self.test(own) ? own : undefined;
}
