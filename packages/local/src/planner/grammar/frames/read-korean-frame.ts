import { type Act, adjustment, type Cue, type Frame } from './frame.ts';
import { koreanCues } from './korean-cues.ts';
import { isKoreanThing, trimKorean } from './korean-thing.ts';

const little = /(?:살짝|약간|조금|좀|쪼금|쬐끔|은은|한 ?톤|반 ?톤)/;
const lot = /(?:많이|훨씬|확|아주|매우|세게|강하게|두 ?톤|팍|훅)/;
const percent = /(\d{1,3}) ?(?:%|퍼센트|프로)/;

/** Reads a Korean clause by its signs: a predicate at the end, and the thing before it. */
export function readKoreanFrame(text: string): Frame | undefined {
  for (const cue of koreanCues) {
    const frame = withCue(text, cue);
    if (frame) return frame;
  }
  return undefined;
}

function withCue(clause: string, { pattern, act: actOf }: Cue): Frame | undefined {
  const match = pattern.exec(clause);
  const act = match && actOf(match.groups ?? {});
  if (!match || !act || refused.test(match[0])) return undefined;
  const before = clause.slice(0, match.index);
  const named = match.groups?.thing;
  const words = named === undefined ? before : `${before} ${named}`;
  const kept = (spared.exec(words) ?? around.exec(`${words} ${match[0].slice(0, 12)}`))?.groups?.thing;
  const thing = trimKorean(kept ?? withoutRejected(words));
  if (thing !== '' && !isKoreanThing(thing)) return undefined;
  if (kept === undefined || act.kind === 'segment') return { act: withAmount(act, clause), thing };
  if ((act.kind !== 'adjust' && act.kind !== 'remove') || /^(?:뒷)?배경$/.test(thing)) return undefined;
  const outer = act.kind === 'remove' ? adjustment('clear') : withAmount(act, clause);
  return { act: outer.kind === 'adjust' ? { ...outer, region: 'background' } : outer, thing };
}

const refused = /지 ?(?:마|말|않)|진 ?(?:마|말)/;
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
