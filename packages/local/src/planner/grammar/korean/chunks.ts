import { type Ending, endingOf } from './endings.ts';
import { isModifying } from './modifiers.ts';
import { isDoing, isPredicate } from './predicates.ts';

/** A stretch of a sentence up to a verb in a form that ends a clause, or up to a comma. */
export interface Chunk {
  readonly text: string;
  readonly ending: Ending;
}

/** Words that go on with the verb before them: 지우고 나서, 지울 수 있어, 지워 주세요. */
const goesOn =
  /^(?:나서|나면|싶|있어|있나|있니|있을|있는 거|있었|수|줘|주세요|주실|주시|줄|주라|줬|준|주면|주신|주고|주구|주십|주셔|주셨|주이|주소|줄래|봐|봐줘|봐라|보세요|보자|버려|버리|놔|놓|둬|두세|두셔|두(?:고|자|죠)|달라|다오|돼|되(?!돌)|될|됩|안 될|안될|좋|감사|고맙|고마|부탁|처리|해|하자|하죠|하(?!나)|한다|할|합|말고|마세요|마|않|못|이러)(?![가-힣]*(?:은|는|을|를|이|가)$)[가-힣]*[~!?.,ㅎㅋㅠ]*$/;

/** Cuts a sentence into chunks. */
export function chunksOf(sentence: string): readonly Chunk[] {
  const words = sentence
    .replace(/(?<=[가-힣])(?:ㅋ+|ㅎ+|ㅠ+|ㅜ+|ㅡ+)(?= |$)/g, ',')
    .replace(/(?<=\S) (?:ㅋ+|ㅎ+|ㅠ+|ㅜ+|ㅡㅡ+)(?=[ ,.!?]|$)/g, ',')
    .replace(/(?:^| )(?:ㅋ+|ㅎ+|ㅠ+|ㅜ+|ㅡㅡ+|ㅇㅇ|ㄴㄴ|ㅇㅋ|ㄱ+)(?=[ ,.!?]|$)/g, '')
    .replace(/,+(?=,)|,(?=[.!?])/g, '')
    .replace(/ ?[+&] ?/g, ', ')
    .split(' ')
    .filter((word) => word !== '');
  const chunks: Chunk[] = [];
  let open: string[] = [];
  for (const [index, word] of words.entries()) {
    open.push(word);
    const next = words[index + 1];
    // 지우진 말고: a refusal is told by the word before.
    const before = words[index - 1] ?? '';
    const ending = told(
      endingOf(
        /^(?:말고|마|마세요|말아)/.test(word) && /(?:지|진|지는|지도)$/.test(before) ? `${before} ${word}` : word,
      ),
      word,
      before,
    );
    const comma = /[,;…]$|\.{2,}$/.test(word);
    const last = next === undefined;
    const ends =
      last ||
      comma ||
      turnsTo(before, word, next) ||
      (ending !== 'none' && !continues(before, word, next, ending)) ||
      /^(?:그리고|글고|근데|그런데|암튼|아무튼|어쨌든)$/.test(next);
    if (!ends) continue;
    chunks.push({ text: open.join(' '), ending });
    open = [];
  }
  return chunks;
}

/** The ending, where the word is a verb as well: 상세페이지 is none, nor is 뒤에 after a noun. */
function told(ending: Ending, word: string, before: string): Ending {
  const bare = word.replace(/[\s,.~!?…;ㅋㅎㅠㅜ]+$/, '');
  // 사과하고 바나나: "with", unless the noun is a deed.
  if (/^[가-힣]{1,5}하고$/.test(bare) && !isDoing(bare)) return 'none';
  // 누끼 따서 배경 흰색으로: the cut-out is a request of its own.
  if (/^(?:따서|떠서|뽑아서)$/.test(bare) && /^누끼/.test(before)) return 'joining';
  if (/^(?:뒤|뒤에|후|후에|다음|다음에)$/.test(bare)) return afterVerb(before) ? ending : 'none';
  if (ending !== 'statement' && ending !== 'question' && ending !== 'reason') return ending;
  return /[.!?]$/.test(word) || isPredicate(bare) || asks.test(bare) ? ending : 'none';
}

const asks =
  /(?:나요|까요|가요|니까|는지|은지|인지|을까|일까|[있없했었았]나|[있없했었았]니|[있없했었았]냐|있노|보이노|인가)$/;
/** 지운 뒤에, 바꾼 다음. */
const afterVerb = (word: string): boolean =>
  (word.charCodeAt(word.length - 1) - 0xac00) % 28 === 4 && !/(?:사진|화면|사람|정원|공원|건물)$/.test(word);

/** 간판은 흐리게 | 벤치는 지우고: how one thing shall be, before another one is spoken of. */
const turnsTo = (before: string, word: string, next: string): boolean =>
  /[은는을를만도]$/.test(before) &&
  /^(?:(?:흐리|흐릿|뿌옇|밝|환하|어둡|선명하|또렷하|투명하)게|흑백으로|모자이크로|투명으로|[가-힣]*색으로|(?:빨갛|파랗|노랗|하얗|까맣)게)$/.test(
    word,
  ) &&
  /[가-힣][은는]$/.test(next) &&
  (/[은는]$/.test(before) || !isModifying(next));

function continues(previous: string, word: string, next: string, ending: Ending): boolean {
  if (/^(?:한|두|세|네|다섯|여섯)$/.test(word)) return true;
  if (/^(?:빼고|제외하고)$/.test(word) && /만$/.test(previous)) return true;
  if (/^있/.test(next) && ending === 'joining') return true;
  if (
    /(?:빼고|말고|제외하고|남기고|놔두고|두고|살리고|냅두고|빼고는|말고는)$/.test(word) &&
    !/[가-힣](?:지|진|지는)$/.test(previous) &&
    /^(?:나머지|나머진|다|싹|전부|모두|전체|배경|뒤|주변|다른|모든)/.test(next)
  )
    return true;
  if (
    ending === 'question' &&
    !/[?？]$/.test(word) &&
    /^(?:알려|말해|말씀|찾|읽|세어|세 |봐|보|확인|궁금|설명|표시|체크|모르|가르|대답|짚|좀|다)/.test(next)
  )
    return true;
  if (ending === 'condition')
    return /^(?:좋|돼|되(?!돌)|될|됩|안 ?[되돼될]|안$|곤란|큰일|감사|고맙|고마|싶)/.test(next);
  // Adjectives and relative clauses: 서 있는 사람, 놓여 있는 컵.
  if (ending === 'statement' && /^(?:있는|있던|없는|보이는|진|놓은)$/.test(next)) return true;
  if (/말고$/.test(word) && ending !== 'refusal') return true;
  return goesOn.test(next);
}
