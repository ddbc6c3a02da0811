/** Verbs and adjectives before -는 and -은; other words that end so carry a topic's particle. */
const stems =
  /(?:있|없|보이|하|나|나오|가|오|서|앉|눕|자|걷|뛰|먹|마시|들|쓰|입|신|웃|우|타|쥐|잡|날|달리|가리|튀|비치|비추|빛나|거슬리|보|쳐다보|안|매|메|끼|뜨|지나가|지나다니|돌아다니|노|떠들|굴러다니|떨어지|기대|드|묻|붙|적히|찍히|걸리|놓이|쌓이|달리|매달리|어울리|모르|남|맞|않|못하|되|치|피|키우|추|읽|쓰이|흐르|휘|접히|서있|앉아있|들고있|삐져나오|튀어나오|안보이|두르|둘러싸)는$|(?:작|많|검|붉|높|낮|넓|좁|같|놓|묶|입|앉|묻|붙|찍|잡|굵|얇|짧|젊|늙|밝|어두|맑|낡|찢|접|쓰지않|않|신|벗|괜찮|조그맣|굽|눕|껴안|안|업|깎|볶|쌓|심|싫|좋|꽂|늘어놓|빨|감)은$/;

/** Whether -은 or -는 makes a word say something of the next one (입은 사람), and is no topic's particle (사람은). */
export const isModifying = (word: string): boolean => stems.test(word);

const verbForms =
  /(?:있는|있던|없는|던|린|인|힌|진|된|한|온|간|난|든|쓴|낀|탄|선|친|찬|맨|멘|뜬|준|본|잔|긴|큰|센|핀|편|깐|댄|낸|딴|문|둔|쥔|신은|입은|앉은|묻은|붙은|놓은|꽂은|묶은|안은|잡은|[가-힣]는)$/;
/** 걸린, 쓴, 있는: a verb before a noun, which has words of its own before it. */
export const isVerbForm = (word: string): boolean =>
  verbForms.test(word) && !/^(?:새?빨간|새?파란|샛?노란)$/.test(word) && (!/[은는]$/.test(word) || isModifying(word));
