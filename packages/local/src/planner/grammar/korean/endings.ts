/** What may follow the verb of a wish: helping verbs, wishes, thanks. */
const helper =
  '(?:줘|주|줄|준|줌|해|하|할|합|한|봐|바|보|볼|버|놔|놓|둬|두|둘|수|있|없|싶|좋|되(?!돌)|돼|됩|될|됨|안|부탁|드|드려|좀|쫌|요|여|바랄|바랍|고맙|고마|감사|ㄱ+|ㅇㅇ|달라|달|다오|다고|처리|작업|만들|할게|하자|하지|좋겠|좋을|어때|어떨|가능|그냥|나서|나면|끝|용|염|욤|플리즈|제발|얼른|빨리|ㅎ+|ㅋ+|ㅠ+|당장|알겠|응|네|예|가자|가요|가죠|갑시다|갈게|가줘)';
/** A verb form to the end of a clause: the rest of its word, and the words that help it. */
export const toTheEnd = `[가-힣ㄱ-ㅎㅏ-ㅣ]*(?: ?${helper}[가-힣ㄱ-ㅎㅏ-ㅣ]*)*[\\s~!?.,;^ㅋㅎㅠㅜㅡ]*$`;

/** Nouns that end like a verb's joining form. */
const nouns =
  /(?:냉장고|광고|로고|창고|사고|망고|금고|최고|중고|차고|저금통고|원고|보고|참고|경고|블로고|하고|자고|라고|이라고|그리고|글고|고고|두고두고|인고|얼고|화면|라면|장면|벽면|정면|측면|바닥면|가면|수면|표면|단면|옆면|앞면|뒷면|냉면|짜장면|컵라면|그네|동네|가게|꽃게|집게|무지개|아지매|돋보기|시계|조개|가운데|군데|한가운데)$|^(?:면|고)$/;

export type Ending = 'wish' | 'joining' | 'condition' | 'reason' | 'statement' | 'question' | 'refusal' | 'none';

const wish =
  /(?:줘|줘라|줘요|줭|줭요|주라|주라잉|주라구|주세요|주세용|주셈|주쇼|주십시오|주시죠|주소|주이소|주삼|주실래요?|주시겠어요|주시겠습니까|주심 됩니다|주시면 됩니다|줄래|줄래요|줄래용|줄까|줄까요|달라|다오|다고|해도|드려요|봐|여|어여|드립니다|바랍니다|부탁해|부탁해요|부탁|부탁드려요|부탁드립니다|해라|하라|하세요|하세용|하십시오|하자|하죠|할래|할까|할게요|해봐|해보자|보죠|보소|봐라|봐요|보세요|놔라|놔|둬|버려|버리자|버려라|시켜|ㄱㄱ|ㄱ|고고|가자|지워|지워요|빼|빼요|치워|없애|찾아봐|바꿔|바꿔요|칠해|해|해요|모자이크여|게요|치우자|지우자|없애자|바꾸자|빼자|셔|하셔|두셔|하셈|지우셈)[~!ㅎㅋㅠ.]*$/;
const refusal =
  /(?:지 ?(?:마|말|않)|진 ?(?:마|말)|지는 ?(?:마|말)|냅두|냅둬|놔두|놔둬|내버려|건드리|손대|그대로|라는 (?:건|거|게) 아니|됐어|됐고|말고는|말고요|두셔$|두세요$)/;
const reason =
  /(?:니까|니까요|라서|라서요|아서|어서|해서|여서|서요|는데|는데요|은데|은데요|ㄴ데|인데|인데요|한데|운데|건데|건데요|네|네요|거든|거든요|잖아|잖아요|려고|려고요|려구|려구요|길래|더라|더라고|더라고요|지만|거라|거라서|거라서요|거라|이라|라|구만|구나|군|군요|던데|텐데|느라|탓에|때문에|듯|덕분에|요량|셈|[는은운인한연런른큰던린]데요?)$/;
const statement =
  /(?:다|어|아|야|요|음|함|임|됨|지|죠|냐|냐고|래|대|거야|거예요|거에요|거임|할거야|었어|았어|였어|겠어|습니다|ㅂ니다|입니다|합니다|됩니다|네|데)$/;

const bare = (word: string): string => word.replace(/[\s,;:.…~!?^ㅋㅎㅠㅜㅡ)(+]+$/, '');

/** How a word ends, as the last of a clause. */
export function endingOf(word: string): Ending {
  const text = bare(word);
  if (text === '') return 'none';
  if (refusal.test(text)) return 'refusal';
  if (nouns.test(text) && !/(?:지우고|바꾸고|하고|고요)$/.test(text)) return 'none';
  if (/(?:냐고|라고|다고|자고)$/.test(text) && !/해다고$/.test(text)) return 'statement';
  if (wish.test(text)) return 'wish';
  if (/(?:으면|이면|라면|다면|면|거든|있음|없음)$/.test(text)) return 'condition';
  if (/(?:고|고요|구|구요|시고|으며|면서|다음에?|담에?|뒤에?|후에?|나서)$/.test(text)) return 'joining';
  if (reason.test(text)) return 'reason';
  if (/[?？]\s*$/.test(word) || /(?:까|나|니|나요|까요|가요|은가|는가|는지|은지|인지)$/.test(text)) return 'question';
  return statement.test(text) ? 'statement' : 'none';
}
