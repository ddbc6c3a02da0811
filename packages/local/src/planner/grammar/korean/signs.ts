/** What the verbs of edits begin with, whatever their ending. */
const stems =
  '지우|지워|지울|없애|없앨|치우|치워|치울|날려|날리|빼|뺄|떼|뗄|제거|삭제|걷어|벗겨|바꾸|바꿔|바꿀|바까|교체|변경|대체|칠하|칠해|색칠|염색|물들|블러|흐리게|흐릿하게|뿌옇게|모자이크|픽셀|가려|가리|가릴|숨겨|숨기|감춰|덮|밝게|환하게|훤하게|어둡게|밝혀|선명하게|또렷하게|뚜렷하게|쨍하게|샤픈|흑백|투명|오려|오리|누끼|따줘|잘라|자르|자를|크롭|테두리|외곽선|윤곽선|아웃라인|수평|똑바로|반듯|바로잡|채우|채워|채울|되돌|취소|복구|복원|물러|무르';
const asked =
  '(?:되|면서|며|는 김에|줘|주|달라|다오|봐|버려|버리|라(?!고|서)|세요|셈|시오|자|고|구|서|야|면 ?(?:좋|돼|되|안)|했으면|ㄹ?래|ㄹ?까|게|부탁|요망|바람|바랍|처리|해|하|좀|요|욤|ㄱ)';
const deed = new RegExp(`(?:^|[ ,])(?:[가-힣]+ ?)?(?:${stems})(?:${asked}|[ ,.!?~]|$)`);
/** A verb that has happened, describes or only gives a reason asks for nothing. */
const told =
  /(?:었|았|했|렸|웠|겼|졌|됐)(?:어|음|다|네|지|는|던|더|을|거|으|습|잖)|(?:는|은|인|한|운|린)데요?(?:[ ,.]|$)|니까요?(?:[ ,.]|$)|(?:려|라)고요?(?:[ ,.]|$)|(?:거든|잖아|네|네요|구나|군)(?:요)?[ ,.!~ㅋㅎㅠ]*$|(?:아|어|해)야 ?(?:해|하|돼|되)[가-힣]*(?:서|니까|거든|는데)/;
const plea =
  /(?:줘|줘요|주세요|주라|줄래|줄래요|주실래요|주십시오|줄 수 (?:있|없)[가-힣]*|부탁[가-힣]*|다오|해라|하세요|주시죠|바랍니다|바람|시켜|줬으면[가-힣 ]*|달라고?)[\s.!?~^ㅋㅎㅠ]*$/;
const thanks = /(?:고마워|감사|수고|도와|살려|봐|알려|말해)[가-힣]*[\s.!?~^ㅋㅎㅠ]*$/;

/** 칠해놨더라고요: somebody did it, and nobody asks for it. */
const doneBefore = /[가-힣](?:놨|놓았|뒀)(?:더라|더군|던데|네|구나|습니다|다고|어|는데)[가-힣]*[\s.!~ㅋㅎㅠ]*$/;
export const tellsOfDeed = (words: string): boolean => doneBefore.test(words);

/** Whether words hold a sign of an edit, or ask for something whatever it is: these may not be passed over. */
export const holdsDeed = (words: string): boolean =>
  (plea.test(words) && !thanks.test(words)) || (deed.test(words) && !told.test(words));
