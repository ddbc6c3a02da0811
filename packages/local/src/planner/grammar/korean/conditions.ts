import { type Condition, coloured, seen } from '../condition.ts';
import type { Context } from '../context.ts';
import { colourOf, koreanColour } from '../frames/korean-colour.ts';
import { isKoreanThing, trimKorean } from '../frames/korean-thing.ts';
import type { ReadPremise } from '../part.ts';
import { endingOf } from './endings.ts';

const if_ =
  '(?:으시면|시면|으신 ?경우|으면|면|다면|는다면|거든|음|을 ?경우(?:에는|엔|에)?|는 ?경우(?:에는|엔|에)?|을 ?(?:때|땐|때는|때만)|으면은|면은|다 싶으면|는 ?것 같으면|나 보고|으면요)';
const being =
  '(?:있|계시|보이|찍혔|찍혀 ?있|나왔|나와 ?있|나오|들어 ?있|들어갔|들어왔|잡혔|남아 ?있|발견되|존재하|끼어 ?있|같이 있)';
const lacking = '(?:없|안 ?보이|안 ?찍혔|안 ?나왔|안 ?나오|보이지 않|있지 않|안 ?계시)';
const that = new RegExp(
  `^(?:(?:만약|혹시|만일|진짜|정말|그게|그거|그런 게|하나라도|누구라도|뭐라도|한 명이라도)(?:에|로)? )*(?:${being}${if_}|맞으면|맞다면|그러면|그렇다면|그렇으면|그럴 경우|그런 경우)$`,
);
const not = new RegExp(
  `^(?:(?:만약|혹시|만일|아예|하나도|아무도|그게|그거)(?:에|로)? )*(?:${lacking}${if_}|아니면|아니라면|아닐 ?경우|아님|안 ?그러면|그렇지 않으면|다른 색이면|그보다 적으면|둘 중 하나밖에 없으면|그게 아니면)$`,
);
const exists = new RegExp(
  `^(?<thing>.+?)(?:이|가|은|는|도|라도|이라도|들이)? ?(?:혹시 |하나라도 |한 마리라도 |한 명이라도 |같이 |진짜 |조금이라도 )*(?<being>${being})${if_}$`,
);
const lacks = new RegExp(`^(?<thing>.+?)(?:이|가|은|는|도)? ?(?:하나도 |아예 )?${lacking}${if_}$`);

const numbers: Readonly<Record<string, number>> = {
  한: 1,
  하나: 1,
  두: 2,
  둘: 2,
  세: 3,
  셋: 3,
  네: 4,
  넷: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
  열: 10,
};
const number = `(?<number>${Object.keys(numbers)
  .sort((one, other) => other.length - one.length)
  .join('|')}|\\d+)`;
const counter = '(?: ?(?:개|명|마리|대|잔|송이|그루|권|병|장|사람|분|채|척|켤레|자루|조각))?';
const counted = new RegExp(
  `^(?:(?<thing>.+?)(?:이|가|은|는|들이)? ?)?(?:총 |다 합쳐서 )?${number}${counter}(?<how> ?(?:이상|이하|미만|초과|넘|보다 ?많|보다 ?적|보다 ?작))?(?: ?(?:이|가|은|는|으로|로)?) ?(?:되|이|있|나오|보이|찍혔)?[가-힣]*$`,
);

const colourIs = new RegExp(
  `^(?:(?<thing>.+?)(?:이|가|은|는|도)? )?${koreanColour.replace(/\(\?:으로[^)]*\)\?$/, '')}(?: ?(?:애|거|것|놈|색|색깔|계열))?(?:이|가)? ?(?<neg>아니|아닌)?(?:이|라)?(?:면|라면|거든|다면|일 ?경우|일 ?때|일 ?땐)$`,
);

const person = /^(?:사람|인물|누구|누군가|아무나|사람들|행인|인간)$/;
function thingOf(words: string, { it }: Context): string | undefined {
  const thing = trimKorean(
    words.replace(/^(?:(?:만약|혹시|만일|이 사진에|사진에|여기에|여기|안에|저기)(?:에|로)? )+/, ''),
  );
  if (/^(?:그거|그것|걔|얘|그게|그|걔네)$/.test(thing)) return it;
  if (person.test(thing)) return '사람';
  return thing !== '' && isKoreanThing(thing) ? thing : undefined;
}

/** Reads a clause that ends in "if": 사람이 있으면, 없으면, 지붕이 파란색이면. */
export function koreanCondition(words: string, context: Context): ReadPremise | undefined {
  const text = words
    .replace(/[\s,.~!?…ㅎㅋㅠ]+$/, '')
    .replace(/^(?:(?:근데|그런데|그리고|아|음|만약|만약에|혹시|혹시라도|만일) )+/, '')
    .trim();
  if (that.test(text)) return { kind: 'that', holds: true };
  if (not.test(text)) return { kind: 'that', holds: false };
  return byCount(text, context) ?? byColour(text, context) ?? byPresence(text, context) ?? asked(text);
}

function byCount(text: string, context: Context): ReadPremise | undefined {
  const groups = counted.exec(text)?.groups;
  const how = groups?.how?.trim() ?? '';
  if (!groups || (how === '' && !/(?:이면|있으면|면)$/.test(text))) return undefined;
  const thing = groups.thing === undefined ? context.it : thingOf(groups.thing, context);
  if (thing === undefined) return undefined;
  const count = numbers[groups.number] ?? Number(groups.number);
  const condition: Condition = /이상/.test(how)
    ? seen(thing, count)
    : /넘|초과|많/.test(how)
      ? seen(thing, count + 1)
      : /이하/.test(how)
        ? seen(thing, 0, count)
        : /미만|적|작/.test(how)
          ? seen(thing, 0, count - 1)
          : seen(thing, count, /있으면$/.test(text) ? undefined : count);
  return { kind: 'own', condition, holds: true };
}

function byColour(text: string, context: Context): ReadPremise | undefined {
  const groups = colourIs.exec(text)?.groups;
  const shade = colourOf(groups?.colour);
  if (!groups || shade === undefined) return undefined;
  const of = groups.thing
    ?.replace(/^(?:이|그)$/, '')
    .replace(/(?:의)? ?(?:색|색깔|색상|컬러)$/, '')
    .trim();
  const thing = of === undefined || of === '' ? context.it : thingOf(of, context);
  return thing === undefined
    ? undefined
    : { kind: 'own', condition: coloured(thing, `${shade} ${thing}`), holds: groups.neg === undefined };
}

function byPresence(text: string, context: Context): ReadPremise | undefined {
  const absent = lacks.exec(text)?.groups;
  const words = absent?.thing ?? exists.exec(text)?.groups?.thing;
  // 사람이 웃고 있으면: what somebody does is asked.
  if (words === undefined || endingOf(words.slice(words.lastIndexOf(' ') + 1)) === 'joining') return undefined;
  const thing = thingOf(words, context);
  return thing === undefined ? undefined : { kind: 'own', condition: seen(thing), holds: absent === undefined };
}

/** What detection cannot tell is asked: 눈을 감고 있으면 becomes 눈을 감고 있나요? */
function asked(text: string): ReadPremise | undefined {
  const match = /^(?<words>.+?)(?<noun>이)?(?:으면|라면|다면|면)$/.exec(text)?.groups;
  if (!match) return undefined;
  const question = match.noun === undefined ? `${match.words}나요?` : `${match.words}인가요?`;
  return { kind: 'own', condition: { kind: 'asked', question }, holds: true };
}

const existence = new RegExp(
  `^(?<thing>.+?)(?:이|가|은|는|도|이라도|라도)? ?(?:하나라도 |혹시 |한 마리 |한 명 |하나 )*${being}(?:어|어요|나|나요|니|냐|을까|을까요|습니까|는지|지|지 않아|지 않아요|죠|는가|는 ?거|여|네|나 ?봐|으려나|음|어여)?[요?!.~\\s]*$`,
);

/** The thing that a question like 사람 있어? is about. */
export function koreanExistence(question: string): string | undefined {
  const words = existence.exec(question.trim())?.groups?.thing;
  return words === undefined || /(?:뭐|무엇|어디|몇|누가|얼마|어떤|위에|뭐가)/.test(words)
    ? undefined
    : thingOf(words, {});
}

/** The condition that a question asks about: 사람 있어?, 세 개 이상인가요?, 빨간색이야? */
export function koreanAskedCondition(question: string): Condition | undefined {
  const thing = koreanExistence(question);
  if (thing !== undefined) return seen(thing);
  const words = question.trim().replace(/[\s,.~!?…ㅎㅋㅠ]+$/, '');
  const said = /^(?<said>.+?)(?:이|인)?(?:가요|가|에요|예요|야|입니까|니|맞나요|맞아|맞아요|맞지)$/.exec(words)?.groups
    ?.said;
  if (said === undefined || /(?:몇|무슨|어떤|어디|뭐|누구|어느)/.test(said)) return undefined;
  const premise = byCount(`${said}이면`, {}) ?? byColour(`${said}이면`, {});
  return premise?.kind === 'own' && premise.holds ? premise.condition : undefined;
}

/** 강아지가 있나 보고: a look for what will be said of it. */
export function koreanLook(words: string): Condition | undefined {
  if (/어디|어느|어따|알려|말해/.test(words)) return undefined;
  const thing =
    /^(?<thing>.+?)(?:이|가|은|는|도)? ?(?:있|보이|찍혔|나왔|앉았|앉아 ?있|달렸|달려 ?있|붙었|붙어 ?있|묻었|묻어 ?있|들어갔|들어 ?있|계시|남았|남아 ?있|서 ?있)(?:나|는지|는가|을지|는지 없는지|나 없나) ?(?:먼저 |한번 |좀 |잘 )*(?:보고|확인|봐|살펴|찾아|체크)[가-힣]*(?: ?(?:해|하고|줘|보고|주고)[가-힣]*)*[,. ]*$/.exec(
      words,
    )?.groups?.thing;
  const found = thing === undefined ? undefined : thingOf(thing, {});
  return found === undefined ? undefined : seen(found);
}
