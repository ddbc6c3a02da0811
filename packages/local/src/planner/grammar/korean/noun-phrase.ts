import { isModifying, isVerbForm } from './modifiers.ts';
import { isPredicate } from './predicates.ts';

/** Words that say how or how much, or that only fill. */
const adverb =
  /^(?:좀|조금|조금만|살짝|살짝만|약간|약간만|많이|훨씬|확|아주|매우|너무|진짜|정말|완전|완전히|그냥|제발|다시|또|또한|이제|먼저|우선|일단|지금|방금|빨리|얼른|바로|당장|한번|한번만|깔끔하게|깨끗하게|깨끗이|예쁘게|이쁘게|자연스럽게|은은하게|싹|싹다|쫙|쏙|딱|꼭|아예|대충|대략|역시|그래도|아무래도|혹시|만약|만약에|아니|아|어|음|오|자|저기|저기요|네|응|그럼|그러면|근데|그런데|그리고|그래서|그다음에|다음에|다음으로|마지막으로|아무튼|암튼|어쨌든|여튼|하여튼|대신|따로|별로|계속|자꾸|왜|왜케|영|되게|엄청|무지|무조건|가능하면|되도록|웬만하면|이왕이면|전체적으로|골고루|하나도|이번엔|이번에는|이번에|여기서|거기서|사진에서|사진에서는|사진상|화면에서|그림에서|이미지에서|사진에|제가|내가|저는|나는|우리는|오늘|어제|아까|이따|나중에|ㅋ+|ㅎ+|ㅠ+|ㅜ+|헐|와|우와|앗|에이|에고|에구|아이고|부탁인데|그대로|원래대로|[가-힣]+(?:적으로|스럽게|답게))$/;
/** Words at the end of a phrase that belong to the deed, or count. */
const trailing =
  /^(?:다|전부|전부다|모두|싹|하나|하나만|둘다|둘|셋|한개|한|더|부분|부분만|부분을|부분은|쪽|쪽만|쪽은|쪽을|쪽에|자체|자체를|그것만|도|만|을|를|얘|쟤|같은|또는)$/;
const determiner =
  /^(?:그|이|저|요|우리|내|제|저희|니|네|모든|각|각각의|온갖|다른|나머지|어떤|한|두|세|네|다섯|여섯|일곱|여덟|첫|둘째|셋째|첫째|마지막|맨|제일|가장|더|새|헌|옛|큰|작은|긴)$/;
const place =
  /(?:옆|뒤|앞|위|아래|밑|안|속|왼쪽|오른쪽|구석|가운데|중간|쪽|편|끝|근처|주변|바닥|하늘|벽|상단|하단|모서리|사이|너머|건너편)에$/;
const from = /(?:에서|에서부터|부터|째로|번째로|보다|중에|중에서|중|가운데서|사이에서)$/;
const order = /^(?:[가-힣]+ ?번째|[가-힣]*째|\d+번째|마지막|제일|가장|맨|더|가까운|먼|떨어진|큰|작은|첫|두|세|네)/;
const joint = /(?:이랑|랑|하고|과|와|및|의)$/;
const bareOf = (word: string): string => word.replace(/^[,.!?~…"'“”]+|[,.!?~…"'“”;]+$/g, '');

const particle = /(?:에|에다|에게|한테|이|가|을|를|로|으로|도|만|은|는|게|께서)$/;
/** What stands between a verb before a noun and the words that belong to it: 멀리 서 있는. */
const withVerb = /^(?:많이|잘|안|못|서|앉아|누워|멀리|혼자|나란히|길게|높이|[가-힣]+(?:고|아|어|여|워|러|려|져|쳐))$/;

/** Whether a word can stand before the words that were taken already, within one phrase. */
function belongs(word: string, next: string): boolean {
  const bare = bareOf(word);
  if (bare === '' || isPredicate(bare)) return false;
  if (/,$/.test(word)) return !adverb.test(bare) && !/[은는게]$/.test(bare);
  if (determiner.test(bare) || /^(?:이나|또는|그리고|및|중|\d+)$/.test(bare)) return true;
  if (/^[그이저](?:거|것)$/.test(bare)) return /^(?:옆|뒤|앞|위|아래|밑|근처)/.test(next);
  if (adverb.test(bare) || (manner.test(bare) && edited.test(bare))) return false;
  if (joint.test(bare) || place.test(bare)) return true;
  if (from.test(bare)) return order.test(next) || isVerbForm(next) || /중에?서?$/.test(bare);
  // 닦은 것처럼: before 것 it is no topic's particle.
  if (/[은는]$/.test(bare) && (isModifying(bare) || /^(?:것|거)/.test(next))) return true;
  if (withVerb.test(bare) && isVerbForm(next)) return true;
  if (particle.test(bare)) return isVerbForm(next) || withVerb.test(next) || endsLikeParticle.test(bare);
  return true;
}

/** 흐리게 벤치: how something else is to be. */
const edited = /^(?:흐리|흐릿|뿌옇|밝|환하|어둡|선명하|또렷하|뚜렷하|투명하|진하|연하|빨갛|파랗|노랗|하얗|까맣)게$/;

/** Nouns whose last syllable is no particle. */
const endsLikeParticle =
  /(?:고양이|아이|어린이|호랑이|원숭이|거북이|종이|오이|손잡이|목걸이|귀걸이|옷걸이|둥이|놀이|잡이|걸이|꽂이|받이|덮개이|포도|지도|파도|두부|도로|가로|집게|가게|조끼|샹들리에|가을|마을|노을|거울|방울|저울|구슬|화가|작가)$/;

/** The noun phrase at the end of the words, and what stands before it. */
export interface NounPhrase {
  readonly phrase: string;
  readonly before: string;
}

/** Cuts words into what they say and the thing they name last: 너무 지저분해서 [왼쪽에 걸린 빨간 수건]. */
export function lastNounPhrase(words: string): NounPhrase {
  const all = words.split(' ').filter((word) => word !== '');
  let last = all.length;
  while (last > 0 && isTrailing(all, last - 1)) last -= lengthOfManner(all, last);
  const likened = last > 0 && /(?:처럼|듯이|마냥)$/.test(bareOf(all[last - 1]));
  if (likened) last = startOf(all, last);
  if (last === 0) return { phrase: '', before: '' };
  const head = bareOf(all[last - 1]);
  if (isPredicate(head) || /[,.;!?]$/.test(all[last - 1].replace(/,$/, last === all.length ? '' : ',')))
    return { phrase: '', before: all.slice(0, last).join(' ') };
  const first = startOf(all, last);
  return { phrase: all.slice(first, last).join(' '), before: all.slice(0, first).join(' ') };
}

function startOf(all: readonly string[], last: number): number {
  let first = last - 1;
  while (first > 0 && belongs(all[first - 1], bareOf(all[first]))) first--;
  return first;
}

/** 광 살게, 티 안 나게: how it should be done, up to two words before the verb that ends in 게. */
function lengthOfManner(all: readonly string[], last: number): number {
  if (!manner.test(bareOf(all[last - 1])) || last < 3) return 1;
  const refused = /^(?:안|못)$/.test(bareOf(all[last - 2])) ? 1 : 0;
  const [owner = '', noun = ''] = all.slice(Math.max(0, last - 3 - refused), last - 1 - refused).map(bareOf);
  const spoken = /[을를은는만도이가]$/.test(owner) && !/(?:[을를은는만도]|거|것|처럼|들)$/.test(noun);
  return 1 + refused + (noun === '티' || spoken ? 1 : 0);
}

const manner = /^(?!.*(?:집게|가게|꽃게|지게|대게)$)[가-힣]+(?:게|도록)$/;

function isTrailing(all: readonly string[], index: number): boolean {
  const word = bareOf(all[index]);
  if (word === '' || adverb.test(word) || manner.test(word) || trailing.test(word))
    return index > 0 || adverb.test(word) || manner.test(word);
  return false;
}
