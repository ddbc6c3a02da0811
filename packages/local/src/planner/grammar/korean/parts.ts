import { asksForMore } from '../../intents/again.ts';
import type { Intent } from '../../intents/intent.ts';
import { anyContext, type Context } from '../context.ts';
import { koreanColour } from '../frames/korean-colour.ts';
import { isKoreanThing, trimKorean } from '../frames/korean-thing.ts';
import { asRequest } from '../korean-verbs.ts';
import type { Part } from '../part.ts';
import { withoutPoliteness } from '../politeness.ts';
import { readClause } from '../read-clause.ts';
import { isKoreanChatter, koreanSubject, koreanTopic } from './chatter.ts';
import { type Chunk, chunksOf } from './chunks.ts';
import { koreanCondition, koreanLook } from './conditions.ts';
import { afterCorrection, correctedBy, takesBack } from './corrections.ts';
import { koreanDeclined } from './declined.ts';
import { endingOf } from './endings.ts';
import { koreanFault } from './faults.ts';
import { withoutPlans } from './intentions.ts';
import { isPredicate } from './predicates.ts';
import { holdsDeed, tellsOfDeed } from './signs.ts';
import { asWritten } from './spelling.ts';

/** The parts of a Korean sentence: its clauses, each by the ending of its verb. */
export function koreanParts(sentence: string, context: Context): readonly Part[] | undefined {
  const parts: Part[] = [];
  const chunks = withoutPlans(chunksOf(withAttributes(asWritten(sentence))));
  let corrects = false;
  const add = (more: readonly Part[]): void => {
    for (const part of more) {
      if (corrects && (part.kind === 'request' || part.kind === 'declined')) {
        parts.splice(0, parts.length, ...correctedBy(parts, part, thingAskedFor));
        corrects = false;
      }
      parts.push(part);
    }
  };
  let open = '';
  for (const [index, said] of chunks.entries()) {
    if (parts.length > 0 && takesBack(said.text)) corrects = true;
    const chunk = corrects && takesBack(said.text) ? { ...said, text: afterCorrection(said.text) } : said;
    const final = index === chunks.length - 1;
    const joined = open === '' ? chunk.text : `${open} ${chunk.text}`;
    if (final && bareColour.test(chunk.text) && joinedToLast(parts, joined)) continue;
    const turned = final && open !== '' && bareColour.test(chunk.text) ? afterVerb(open, chunk.text) : undefined;
    if (turned !== undefined) {
      parts.push({ kind: 'request', text: turned });
      open = '';
      continue;
    }
    const here = withPremises(context, parts);
    const whole = partOf({ ...chunk, text: joined }, final, chunks, here);
    const own = whole === undefined && open !== '' ? partOf(chunk, final, chunks, here) : undefined;
    if (whole === undefined && own === undefined && !final && mayGoOn(chunk)) {
      open = joined;
      continue;
    }
    if (whole) add(whole);
    else if (own) add([...leftOver(open, parts), ...own]);
    else if (!joinedToLast(parts, joined)) add(leftOver(joined, parts));
    open = '';
  }
  return parts;
}

/** 꽃이 빨간색이면 …, 노란색이면 …: the second condition is about the thing of the first. */
function withPremises(context: Context, parts: readonly Part[]): Context {
  const condition = parts
    .flatMap((part) => (part.kind === 'premise' && part.premise.kind === 'own' ? [part.premise.condition] : []))
    .findLast(({ kind }) => kind === 'seen');
  return condition?.kind === 'seen' ? { ...context, it: condition.about ?? condition.phrase } : context;
}

/** Words without a verb, or with one that is not understood yet: what follows may belong to them. */
function mayGoOn({ text, ending }: Chunk): boolean {
  const last = text.slice(text.lastIndexOf(' ') + 1).replace(/[\s,.!?~…]+$/, '');
  return ending === 'none' || holdsDeed(text) || !isPredicate(last);
}

/** What nothing was made of: passed over where it holds no sign of an edit, else a request that is not understood. */
function leftOver(text: string, before: readonly Part[]): readonly Part[] {
  // 사람들 다 빼고 풍경만 남겨줘: what stays is said once more.
  if (before.some(({ kind }) => kind === 'request') && /만 (?:남겨|놔둬|살려|냅둬)[가-힣]*[\s.!~]*$/.test(text))
    return [{ kind: 'declined' }];
  if (holdsDeed(text) || asksForMore(withoutPoliteness(text, 'ko'), 'ko')) return [{ kind: 'request', text }];
  if (/[?？]\s*$/.test(text)) return [{ kind: 'request', text }];
  const topic = koreanTopic(text) ?? koreanSubject(text);
  if (topic !== undefined) return [{ kind: 'topic', thing: topic }];
  return before.length === 0 && text.split(' ').length < 2 ? [{ kind: 'request', text }] : [{ kind: 'aside' }];
}

/** 컵 색 바꿔줘 파란색으로: the words after the verb, put before it. */
function afterVerb(words: string, said: string): string | undefined {
  const verb = words.lastIndexOf(' ');
  const text = `${words.slice(0, verb)} ${said.replace(/[~!. ]+$/, '')} ${words.slice(verb + 1)}`;
  return isUnderstood(text) ? text : undefined;
}

/** 노란색으로 after the verb it belongs before. */
const bareColour = new RegExp(`^${koreanColour}[~!. ]*$`);

/** 초록색인데 네모난 거: what is said of a thing, before it; 꺼 is 거 as it is spoken. */
const withAttributes = (sentence: string): string =>
  sentence
    .replace(
      /([가-힣]*(?:색|빨강|파랑|노랑|검정|하양|분홍|보라|초록|동그라미|네모))인데,? (?=[가-힣]+ (?:거|것|애|놈))/g,
      '$1 ',
    )
    .replace(/ {2,}/g, ' ');

/** What a chunk is; undefined where it goes on with the next one. */
function partOf(
  { text, ending }: Chunk,
  final: boolean,
  chunks: readonly Chunk[],
  context: Context,
): readonly Part[] | undefined {
  if (text.trim() === '' || /^(?:그리고|글고|근데|그런데|그다음|그 다음|그담에|그다음에|또)[,. ]*$/.test(text))
    return [];
  if (/^(?:암튼|아무튼|어쨌든|어쨋든|여튼|하여튼|무조건)[,. ]*$/.test(text)) return [{ kind: 'anyway' }];
  const anyway =
    /^(?:암튼|아무튼|어쨌든|어쨋든|여튼|하여튼)[, ]+(?<rest>.+)$/.exec(text)?.groups?.rest ??
    /^(?<rest>.+?)(?:은|는)? 있든 없든(?: 무조건)? (?<after>.+)$/.exec(text)?.groups;
  if (typeof anyway === 'string')
    return prefixed({ kind: 'anyway' }, partOf({ text: anyway, ending }, final, chunks, context));
  if (anyway)
    return prefixed(
      { kind: 'anyway' },
      partOf({ text: `${anyway.rest}은 ${anyway.after}`, ending }, final, chunks, context),
    );
  // 어디 긁혔나 보게: what it is done for.
  if (/(?:나|는지|은지|지) ?(?:보게|보려|볼라|볼려|보고 싶)[가-힣]*[\s.!~]*$/.test(text)) return [{ kind: 'aside' }];
  const look = koreanLook(text);
  if (look) return [{ kind: 'look', condition: look }];
  if (ending === 'condition') return conditional(text, context);
  const declined = koreanDeclined(text);
  if (declined) return declined;
  const fault = koreanFault(text);
  if (fault && (ending === 'reason' || ending === 'statement')) return [{ kind: 'fault', ...fault }];
  if (ending === 'reason' || (ending === 'statement' && isKoreanChatter(text))) {
    // 찾아서: a reason by its form, a request by its verb.
    const joined = asRequest(text.replace(/[,. ]+$/, ''));
    if (joined !== undefined && isUnderstood(joined)) return [{ kind: 'request', text: joined }];
    const topic = koreanTopic(text) ?? koreanSubject(text);
    return topic === undefined ? [{ kind: 'aside' }] : [{ kind: 'topic', thing: topic }];
  }
  if (tellsOfDeed(text)) return [{ kind: 'aside' }];
  const request = requestIn(text, chunks);
  if (request !== undefined) return [{ kind: 'request', text: request }];
  const inline = withInlineCondition(text, context);
  if (inline) return inline;
  const dropped = withoutOpening(text, chunks);
  if (dropped) return dropped;
  const topic = koreanTopic(text);
  if (topic !== undefined) return [{ kind: 'topic', thing: topic }];
  return isKoreanChatter(text) ? [{ kind: 'aside' }] : undefined;
}

const prefixed = (part: Part, rest: readonly Part[] | undefined): readonly Part[] | undefined =>
  rest && [part, ...rest];

function conditional(text: string, context: Context): readonly Part[] | undefined {
  if (/^(?:혹시 )?(?:가능하|괜찮으|괜찮|되|시간 ?되|할 수 있으|여유 ?되)(?:시)?면[은요]?[, ]*$/.test(text)) return [];
  const premise = koreanCondition(text, context);
  return premise && [{ kind: 'premise', premise }];
}

/** A condition that no ending was found for: the longest beginning that is one, with something understood after it. */
function withInlineCondition(text: string, context: Context): readonly Part[] | undefined {
  for (const space of text.matchAll(/(?<=(?:면|음|거든|때|땐|경우|경우에)) /g)) {
    const premise = koreanCondition(text.slice(0, space.index), context);
    const rest = text.slice(space.index + 1);
    if (premise && isUnderstood(rest))
      return [
        { kind: 'premise', premise },
        { kind: 'request', text: rest },
      ];
  }
  return undefined;
}

/** A remark without punctuation before the request: 할머니 옆에 남자 있잖아 그 사람 모자이크 해. */
function withoutOpening(text: string, chunks: readonly Chunk[]): readonly Part[] | undefined {
  for (const space of text.matchAll(/ /g)) {
    const [before, after] = [text.slice(0, space.index), text.slice(space.index + 1)];
    const request = isKoreanChatter(before) ? requestIn(after, chunks) : undefined;
    if (request === undefined) continue;
    const topic = koreanTopic(before);
    return [
      ...(topic === undefined ? [] : [{ kind: 'topic' as const, thing: topic }]),
      { kind: 'request', text: request },
    ];
  }
  return undefined;
}

/** The words as a request that is understood: as they are, without their joining form, or with the sentence's last verb. */
function requestIn(text: string, chunks: readonly Chunk[]): string | undefined {
  const bare = text.replace(/[,;. +]+$/, '');
  if (isUnderstood(text)) return text;
  const plea = bare.replace(/주(?:시)?[고구]요?$/, '줘');
  if (plea !== bare && isUnderstood(plea)) return plea;
  const joined = asRequest(bare);
  if (joined !== undefined && isUnderstood(joined)) return joined;
  const last = chunks.at(-1)?.text ?? '';
  const verb = last.slice(last.lastIndexOf(' ') + 1);
  return /(?:게|로|을|를|은|는|도|만)$/.test(bare) && isUnderstood(`${bare} ${verb}`) ? `${bare} ${verb}` : undefined;
}

/** 테두리 그려줘 노란색으로: what is said after the verb belongs before it. */
function joinedToLast(parts: Part[], text: string): boolean {
  const last = parts.at(-1);
  const bare = text.replace(/[\s.~!?,]+$/, '');
  // 글씨를 넣어줘 is another request, understood or not.
  if (last?.kind !== 'request' || endingOf(bare.slice(bare.lastIndexOf(' ') + 1)) !== 'none') return false;
  const verb = last.text.lastIndexOf(' ');
  const both = [`${last.text.slice(0, verb)} ${bare} ${last.text.slice(verb + 1)}`, `${bare} ${last.text}`].find(
    isUnderstood,
  );
  if (both === undefined || (isKoreanThing(trimKorean(bare)) && !/(?:로|게|만|에)$/.test(bare))) return false;
  parts[parts.length - 1] = { kind: 'request', text: both };
  return true;
}

const read = (words: string): readonly Intent[] =>
  readClause({ text: withoutPoliteness(words, 'ko'), verbatim: words, language: 'ko', context: anyContext });

/** The thing that a request is about. */
const thingAskedFor = (words: string): string | undefined =>
  read(words)
    .at(-1)
    ?.steps.findLast(({ target }) => target !== undefined)?.target;

const isUnderstood = (words: string): boolean => read(words).length > 0;
