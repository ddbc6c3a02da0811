import { holdsCondition } from '../korean/joined-forms.ts';
import { lastNounPhrase } from '../korean/noun-phrase.ts';
import { holdsDeed } from '../korean/signs.ts';
import { type Act, adjustment, type Cue, type Frame } from './frame.ts';
import { koreanCues } from './korean-cues.ts';
import { isKoreanThing, trimKorean } from './korean-thing.ts';

const little = /(?:살짝|약간|조금|좀|쪼금|쬐끔|은은|한 ?톤|반 ?톤)/;
const lot = /(?:많이|훨씬|확|아주|매우|세게|강하게|두 ?톤|팍|훅)/;
const percent = /(\d{1,3}) ?(?:%|퍼센트|프로)/;

/** Reads a Korean clause by its signs: a predicate at the end, and the thing before it. */
export function readKoreanFrame(text: string): Frame | undefined {
  for (const words of new Set([withoutManner(text), text])) {
    for (const cue of koreanCues) {
      const frame = withCue(words, cue);
      if (frame) return { ...frame, act: withAmount(frame.act, text) };
    }
  }
  return undefined;
}

function withCue(clause: string, { pattern, act: actOf }: Cue): Frame | undefined {
  const match = pattern.exec(clause);
  const act = match && actOf(match.groups ?? {});
  if (!match || !act || refused.test(match[0]) || happened.test(match[0])) return undefined;
  // 고양이 안 보이게: whether the syllable is a particle is told by the words before it.
  const particle =
    match.index === 0 ? '' : (/^(?:이|가|은|는|을|를|도|만|에|한테|로|으로)(?= )/.exec(match[0])?.[0] ?? '');
  const before = clause.slice(0, match.index) + particle;
  const named = match.groups?.thing;
  const words = named === undefined ? before : `${before} ${named}`.trim();
  const kept = (named === undefined ? (spared.exec(words) ?? around.exec(`${words} ${match[0].slice(0, 12)}`)) : null)
    ?.groups?.thing;
  const said = kept ?? withoutRejected(words);
  if (/["“”]/.test(said)) return undefined;
  const { phrase, before: unused } = lastNounPhrase(said);
  if (holdsDeed(unused) || holdsCondition(unused)) return undefined;
  const whole = everyOne.test(
    `${said.slice(said.lastIndexOf(phrase) + phrase.length)} ${match[0]}`.replace(/\s+/g, ' ').trimStart(),
  );
  const own = allOf(owned(itself(trimKorean(phrase)), unused), whole && kept === undefined);
  const thing = own === '' && entirely.test(clause) ? '사진' : own;
  if (anything.test(thing) || (thing !== '' && !isKoreanThing(thing))) return undefined;
  if (kept === undefined || act.kind === 'segment') return { act, thing };
  if ((act.kind !== 'adjust' && act.kind !== 'remove') || /^(?:뒷)?배경$/.test(thing)) return undefined;
  const outer = act.kind === 'remove' ? adjustment('clear') : act;
  return { act: outer.kind === 'adjust' ? { ...outer, region: 'background' } : outer, thing };
}

const adverbs =
  '(?:좀|한번|한 번|그냥|얼른|빨리|바로|당장|제발|꼭|예쁘게|이쁘게|자연스럽게|자연스러운|깔끔하게|깨끗하게|깨끗이|감쪽같이|싹|확|팍|쫙|쏙|살짝|살짝만|조금|조금만|약간|약간만|많이|훨씬|아주|완전히|진짜|정말|너무|아예|가볍게|세게|강하게|은은하게|티 ?안 ?나게|흔적 ?없이|골고루|꼼꼼하게|꼼꼼히|확실하게|확실히|정확하게|정확히|적당히|부드럽게|스무스하게|[가-힣]+스럽게|\\d+ ?(?:%|퍼센트|프로)(?:만큼|정도|만)?)';
/** How something is done says nothing about what is done, wherever it stands. */
const anyManner = new RegExp(`(?<=^|[ ])${adverbs} (?=\\S)`, 'g');
const withoutManner = (text: string): string => (/["“”]/.test(text) ? text : text.replace(anyManner, ''));

/** 의자 다, 행인들 얼굴 전부: all there are. */
const everyOne = /^[^ ]{0,2} ?(?:좀 )?(?:다|전부|전부다|모두|싹 ?다|모조리|죄다) /;
const single =
  /(?:들|배경|사진|그림|이미지|전체|나머지|주변|둘|셋|것|거|걔|얘|쟤|그것|그거)$|^(?:모든|그|이|저|나머지|다른|[가-힣]+번째|제일|가장|맨) |(?:이랑|랑|하고|과|와|,) |[가-힣] (?:한|두|세|네|다섯|여섯|\d+) ?(?:개|명|마리|대|장)$/;
const allOf = (thing: string, whole: boolean): string =>
  !whole || thing === ''
    ? thing
    : !single.test(thing)
      ? `모든 ${thing}`
      : thing.replace(/(?<=^|(?:이랑|랑|하고|과|와|,) )(?=[가-힣]+들 [가-힣]+$)/, '모든 ');

/** 택 달린 거 is the tag, 주황색 두 개 orange ones, 하객석 왼쪽에서 두 번째 the second from the left. */
const itself = (thing: string): string =>
  thing
    .replace(
      /^(?<noun>(?:.*[^가-힣])?[가-힣]*[가-힣](?<!에|이|가)) (?:달린|걸린|묻은|찍힌|나온|튀어나온|삐져나온|비친|들어간|들어온|박힌|붙은|떨어진|쓰인|적힌|써진|있는|놓인) (?:거|것)$/,
      '$<noun>',
    )
    .replace(/^(?:여기|여긴|여기는|이 사진은)$/, '')
    .replace(/^옆에 (?=[가-힣]+$)/, '')
    .replace(/^.+ 중에서? (?=[가-힣]{2,}$)(?!(?:하나|둘|가운데|왼쪽|오른쪽)$)/, '')
    .replace(/^(?<colour>[가-힣]*색|빨간|파란|노란|하얀|까만|검은)(?: (?:두|세|네|다섯|\d+) ?개)$/, '$<colour> 것들')
    .replace(/^[^ ]+ (?=(?:왼쪽|오른쪽|왼편|오른편|좌측|우측)에서 ?(?:첫|두|세|네|다섯|\d) ?번째 )/, '');

/** 전체적으로 밝게: the picture, whatever was spoken of before. */
const entirely = /(?:^| )(?:전체적으로|전반적으로|전체|전체를|전체로)(?: |$)/;

/** 컵은 손잡이만: a part of what was named before it. */
function owned(thing: string, before: string): string {
  const owner = /(?:^| )(?<owner>[^ ]+)(?:은|는)$/.exec(before.trim())?.groups?.owner;
  return owner !== undefined && parts.test(thing) ? `${owner} ${thing}` : thing;
}

const parts =
  /^(?:얼굴|손잡이|뚜껑|눈|머리|로고|번호판|바퀴|지붕|문|창문|끈|라벨|글씨|글자|가장자리|손|발|다리|꼬리|귀|코|입|옷|모자|화면)$/;
const refused = /지 ?(?:마|말|않)|진 ?(?:마|말)|[우리꾸하]지$/;
/** 밝혀놨더라고요: somebody did it. */
const happened =
  /(?:[가-힣]놨|[가-힣]놓았|[가-힣]뒀|버렸|었|았|했|웠|렸|꿨|졌|켰)(?:더라|더군|더만|던데|네|구나|군|구만|습니다|거든|잖|는데|다고|대|다$|다[ .!]|음|어요?$|어요?[ .!])[가-힣]*[\s.!~ㅋㅎㅠ]*$/;
/** No thing of its own: looked for without a phrase. */
const anything = /^(?:모든 )?(?:것|물체|사물|객체)들?$/;
/** What stays as it is, where all the rest changes: 컵만 빼고 나머지, 컵 말고 다, 컵만 남기고 배경. */
/** 노란 차만 빼고: without a word for the rest. */
const spared = /^(?<thing>.+?)만 ?(?:빼고|제외하고)(?:는)?(?:,| |$)/;
const around =
  /^(?<thing>.+?)(?:을|를|만|은|는)? ?(?:빼고(?:는)?|제외하고(?:는)?|제외한|말고(?:는)?|남기고|놔두고|냅두고|살리고|두고|이외(?:의|에)?|외(?:의|에)|뺀),? ?(?:나머지|나머진|모든|모두|전부|다|싹|전체|다른|배경|부분|주변|뒤|뒤쪽)/;
/** 컵 말고 접시: the cup is named only to say that it is not meant. */
const withoutRejected = (words: string): string => words.replace(/^.*(?<!지) ?말고(?:는)?,? (?=\S)/, '');

function withAmount(act: Act, clause: string): Act {
  if (act.kind !== 'adjust' || act.operation !== 'brighten') return act;
  const sign = Number(act.parameters.amount) < 0 ? -1 : 1;
  const figure = percent.exec(clause)?.[1];
  const amount =
    figure !== undefined
      ? Math.min(1, Number(figure) / 100)
      : lot.test(clause)
        ? 0.65
        : little.test(clause)
          ? 0.18
          : undefined;
  return amount === undefined ? act : { ...act, parameters: { ...act.parameters, amount: sign * amount } };
}
