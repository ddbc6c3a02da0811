import type { ParsedPhrase, Side, SpatialSelector } from './parsed-phrase.ts';

const sideWords: Readonly<Record<Side, readonly string[]>> = {
  left: ['왼쪽', '왼편', '좌측', '왼'],
  right: ['오른쪽', '오른편', '우측', '오른'],
  top: ['위쪽', '윗쪽', '상단', '위', '윗'],
  bottom: ['아래쪽', '아랫쪽', '하단', '아래', '아랫', '밑쪽', '밑'],
};

const ordinalWords = ['첫', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열'];
const sidePattern = '(?:왼쪽|왼편|좌측|오른쪽|오른편|우측|위쪽|윗쪽|상단|위|윗|아래쪽|아랫쪽|하단|아래|아랫|밑쪽|밑)';
const cornerPattern =
  '(?:(?<sideways>왼쪽|오른쪽|좌측|우측)\\s*(?<upright>위쪽|위|상단|아래쪽|아래|하단)|(?<upright2>위|아래|상단|하단|좌상|우상|좌하|우하)\\s*(?<sideways2>왼쪽|오른쪽|좌측|우측)|(?<short>좌상단|우상단|좌하단|우하단))';
const count = `(?:(?:${ordinalWords.join('|')}|\\d+)\\s*번\\s*째|첫째|둘째|셋째|마지막)`;
const being = '(?:에\\s*(?:있는|있던|놓인|서\\s*있는|앉아\\s*있는|앉은|선|누운|위치한|보이는)|의|쪽의|에|쪽)?';
const picture = '(?:(?:사진|그림|이미지|화면)(?:의|에서)?\\s+)?';

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly pattern: RegExp;
  read(groups: Groups): SpatialSelector;
}

function sideOf(word = ''): Side {
  if (sideWords.right.includes(word)) return 'right';
  if (sideWords.top.includes(word)) return 'top';
  return sideWords.bottom.includes(word) ? 'bottom' : 'left';
}

function indexOf(word: string | undefined): number {
  if (word === undefined || word === '첫째') return 1;
  if (word === '마지막') return -1;
  if (word === '둘째') return 2;
  if (word === '셋째') return 3;
  const number = word.replace(/\s*번\s*째$/, '');
  const position = ordinalWords.indexOf(number);
  return position >= 0 ? position + 1 : Number.parseInt(number, 10);
}

function cornerSides({ sideways, sideways2, upright, upright2, short }: Groups): readonly Side[] {
  if (short) return [short[1] === '상' ? 'top' : 'bottom', short[0] === '좌' ? 'left' : 'right'];
  return [sideOf(upright ?? upright2), sideOf(sideways ?? sideways2)];
}

/** Korean says everything before the noun: rules take from the front. The group `rest` is what remains. */
const rules: readonly Rule[] = [
  {
    pattern:
      /^(?<anchor>.+?)(?:을|를|만|은|는)? ?(?:빼고|제외하고|제외한|말고)(?:는)? (?:나머지|다른|모든) (?<rest>.+)$/,
    read: ({ anchor = '', rest = '' }) => {
      const spared = parseKorean(anchor.replace(/ (?:것|거|애)$/, ` ${rest.replace(/(?: 다| 전부| 모두|들)+$/, '')}`));
      return { kind: 'except', anchor: spared };
    },
  },
  {
    pattern:
      /^(?<anchor>.+?)(?:에게서|한테서|에서|에게|한테|과|와|에|이랑|랑)?\s*(?:(?:가장|제일|더)\s*)?(?<order>가까운|가까이\s*있는|먼|멀리\s*있는|멀리\s*떨어진|떨어진)\s+(?<rest>.+)$/,
    read: ({ anchor = '', order = '' }) => ({
      kind: 'distance',
      order: order.startsWith('가까') ? 'nearest' : 'farthest',
      anchor: parseKorean(anchor),
    }),
  },
  {
    pattern: new RegExp(
      `^(?<anchor>.+?)(?:의)?\\s*(?:바로\\s*)?(?:옆쪽|옆|곁|근처|주변|가까이)${being}\\s+(?<rest>.+)$`,
    ),
    read: ({ anchor = '' }) => ({ kind: 'distance', order: 'nearest', anchor: parseKorean(anchor) }),
  },
  {
    pattern: new RegExp(
      `^${picture}(?<side>${sidePattern})(?:에서|에서부터|부터)\\s*(?<count>${count})(?:의|에\\s*있는|인)?\\s+(?<rest>.+)$`,
    ),
    read: ({ side, count: word }) => ({ kind: 'ordinal', from: sideOf(side), index: indexOf(word) }),
  },
  {
    pattern: new RegExp(`^(?<count>${count})(?:로)?\\s*(?<size>큰|작은|커다란)\\s+(?<rest>.+)$`),
    read: ({ count: word, size }) => ({
      kind: 'size',
      order: size === '작은' ? 'smallest' : 'largest',
      index: indexOf(word),
    }),
  },
  {
    pattern: /^(?:(?:가장|제일|더|좀\s*더|조금\s*더|훨씬)\s*)?(?<size>큰|작은|커다란|조그만|조그마한)\s+(?<rest>.+)$/,
    read: ({ size = '' }) => ({ kind: 'size', order: /작|조그/.test(size) ? 'smallest' : 'largest', index: 1 }),
  },
  {
    pattern: new RegExp(`^${picture}${cornerPattern}(?:\\s*(?:구석|모서리|코너))?${being}\\s+(?<rest>.+)$`),
    read: (groups) => ({ kind: 'side', sides: cornerSides(groups) }),
  },
  {
    pattern: new RegExp(`^${picture}(?:맨|가장|제일)\\s*(?<side>${sidePattern})(?:\\s*끝)?${being}\\s+(?<rest>.+)$`),
    read: ({ side }) => ({ kind: 'ordinal', from: sideOf(side), index: 1 }),
  },
  {
    pattern: new RegExp(`^${picture}(?<side>${sidePattern})(?:\\s*끝)?${being}\\s+(?<rest>.+)$`),
    read: ({ side }) => ({ kind: 'side', sides: [sideOf(side)] }),
  },
  {
    pattern: new RegExp(`^${picture}(?:한\\s*)?(?:정\\s*)?(?:가운데|중간|중앙|한복판)${being}\\s+(?<rest>.+)$`),
    read: () => ({ kind: 'middle' }),
  },
  {
    pattern: /^(?<side>왼쪽|왼편|좌측|오른쪽|오른편|우측)$/,
    read: ({ side }) => ({ kind: 'side', sides: [sideOf(side)] }),
  },
  { pattern: /^(?:가운데|중간|중앙)$/, read: () => ({ kind: 'middle' }) },
  {
    pattern: new RegExp(`^(?<count>${count})(?:의|에\\s*있는)?\\s+(?<rest>.+)$`),
    read: ({ count: word }) => ({ kind: 'ordinal', from: 'left', index: indexOf(word) }),
  },
  {
    pattern: new RegExp(
      `^(?<anchor>.+?)(?:의|보다)?\\s+(?<side>${sidePattern})(?:에\\s*(?:있는|놓인|앉은|선|앉아\\s*있는|서\\s*있는)|의)\\s+(?<rest>.+)$`,
    ),
    read: ({ anchor = '', side }) => ({ kind: 'relation', side: sideOf(side), anchor: parseKorean(anchor) }),
  },
];

const before = /^(?:모든|전체|온갖|각각의|각)\s+/;
/** "두 컵", "컵 두 개": the two cups are all the cups there are. */
const counted =
  /^(?:(?:두|세|네|다섯|여섯)\s+(?:개의\s+|명의\s+|마리의\s+)?(?!번)(?<after>\S.*)|(?<before>.*\S)\s+(?:두|세|네|다섯|여섯|\d+)\s*(?:개|명|마리|대|잔|송이))$/;
/** Words whose last syllable is no plural marker. */
const notPlural = /(?:아들|버들|마들|수들|큰아들)$/;

/** 컵 하나, 컵들 중 하나, 컵 중에 아무거나, 컵 중: any one of them. */
const oneOfThem =
  /^(?<rest>.*?\S)(?:들)?(?:\s+중(?:에서|에|의)?|(?:\s*중(?:에서|에|의)?)?\s+(?:아무거나\s*)?(?:하나|한\s*(?:개|명|마리|대|잔|송이)|아무거나)(?:만)?)$/;
/** 아무 컵. */
const anyOne = /^(?:아무|어느)\s+(?<rest>\S.*)$/;

/** The words for a thing. Which one 컵 하나 is, nothing says: it is one, and all of them match. */
export function parseKorean(phrase: string): ParsedPhrase {
  const one = (oneOfThem.exec(phrase) ?? anyOne.exec(phrase))?.groups?.rest;
  return one === undefined ? parseThing(phrase) : { ...parseThing(one), all: false };
}

function parseThing(phrase: string): ParsedPhrase {
  let rest = phrase
    .replace(/(^| )젤 /g, '$1제일 ')
    .replace(/(?<= )(?:(조그맣|작)|크|커다랗)게 (?:나온|찍힌|보이는)(?= )/g, (_, small?: string) =>
      small ? '작은' : '큰',
    )
    .replace(
      /^(?:저기 |저 |저쪽 )?(?:뒤|앞|저쪽|저기)(?:에|쪽에)?(?: 있는)? (?=(?:제일|가장|맨|첫|두|세|큰|작은) ?\S)/,
      '',
    )
    .replace(/^(?:그 |저 )?다른 (?=\S)/, '')
    .replace(before, '')
    .replace(/(?<=\S)\s+(?:모두|전부|전체|둘\s*다|셋\s*다|다)$/, '');
  let all = rest !== phrase;
  if (counted.test(rest)) {
    rest = rest.replace(counted, '$<before>$<after>').trim();
    all = true;
  }
  const selectors: SpatialSelector[] = [];
  for (let next = takeRule(rest); next; next = takeRule(rest)) {
    selectors.push(next.selector);
    rest = next.rest;
  }
  rest = rest.replace(/^(?:그|이|저)\s+/, '');
  if (/(?<=\S)들$/.test(rest) && !notPlural.test(rest)) {
    rest = rest.slice(0, -1).trim();
    all = true;
  }
  return { noun: /^(?:것|거|놈|애|쪽)$/.test(rest) ? '' : rest, language: 'ko', selectors, all };
}

function takeRule(text: string): { selector: SpatialSelector; rest: string } | undefined {
  for (const { pattern, read } of rules) {
    const matches = pattern.exec(text);
    if (matches) return { selector: read(matches.groups ?? {}), rest: matches.groups?.rest ?? '것' };
  }
  return undefined;
}
