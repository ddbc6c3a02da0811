import type { AdjustRegion } from '../operation.ts';

/** What the words for a thing say about the region: a thing of their own is left only where one is named. */
export interface ReadTarget {
  readonly region: AdjustRegion;
  /** Words for the thing to find; undefined where the region needs none. */
  readonly target?: string;
}

interface Rule {
  readonly pattern: RegExp;
  readonly region: AdjustRegion;
}

const picture = '(?:picture|photo|photograph|image|pic|scene|shot)';
const koreanPicture = '(?:사진|그림|이미지|화면)';

/** In order; the first that fits decides. The group `thing` is the thing that bounds the region. */
const rules: readonly Rule[] = [
  {
    pattern:
      /^(?:everything|everyone|everybody|anything|all|the (?:rest|remainder)(?: of the \w+)?)(?: else)? (?:but|except(?: for)?|apart from|aside from|other than|besides|excluding|without|bar|save for|around|round about|round|surrounding|near|beside|next to|behind|outside(?: of)?) (?<thing>.+)$/,
    region: 'background',
  },
  {
    pattern: /^(?:everything|everyone|everybody|anything|all)(?: else)? (?:that is|that's|which is) not (?<thing>.+)$/,
    region: 'background',
  },
  { pattern: /^(?:the |its |their )?(?:rest|remainder)(?: of .+)?$|^everything else$/, region: 'background' },
  {
    pattern: new RegExp(
      `^(?:the |this |its |whole |entire )*(?:back ?ground|backdrop)(?: (?:of|in|on) (?:the |this |my )*${picture})?$`,
    ),
    region: 'background',
  },
  {
    pattern: /^(?:the |whole |entire )*(?:back ?ground|backdrop) (?:of|behind|around) (?<thing>.+)$/,
    region: 'background',
  },
  { pattern: /^(?<thing>(?:the |my |a )?.+?)(?:'s|s') (?:back ?ground|backdrop)$/, region: 'background' },
  {
    pattern: new RegExp(
      `^(?:the |this |my |a |whole |entire |all of |all )*${picture}$|^(?:absolutely )?everything$|^the (?:whole|entire) (?:thing|lot)$|^the lot$|^it all$|^overall$`,
    ),
    region: 'everything',
  },
  {
    pattern:
      /^(?<thing>.+?)(?:을|를|만|은|는)?\s*(?:빼고(?:는)?|제외하고(?:는)?|제외한|제외|말고(?:는)?|이외(?:의|에)?|외(?:의|에)|뺀)(?:\s+(?:나머지|모든\s*(?:것|곳|부분)|전부|모두|다|전체|다른\s*(?:것|곳|부분)|배경|부분|곳|것))*(?:은|는|을|를|만|들)?$/,
    region: 'background',
  },
  {
    // 배경만 남기고 다 지워줘 would take the thing away: that is no background's matter.
    pattern:
      /^(?<thing>(?!배경).+?)(?:을|를|만|은|는)?\s*(?:남기고|남겨\s*두고|놔두고|놔\s*두고)(?:\s+(?:나머지|모든\s*(?:것|곳|부분)|전부|모두|다|전체|다른\s*(?:것|곳|부분)|배경|부분|곳|것))*(?:은|는|을|를|만|들)?$/,
    region: 'background',
  },
  {
    pattern: new RegExp(
      `^(?:이 |그 |전체 )?(?:${koreanPicture}(?:의)? )?(?:뒷\\s*)?배경(?:\\s*(?:전체|전부|부분|화면))?(?:만)?$`,
    ),
    region: 'background',
  },
  { pattern: /^(?<thing>.+?)(?:의)?\s*(?:뒤|뒤쪽|주변|주위)?(?:에\s*있는|의)?\s*배경$/, region: 'background' },
  {
    pattern: /^(?:그\s*)?(?:나머지|다른\s*(?:모든\s*)?(?:것|곳|부분))(?:\s*(?:전부|모두|전체|다|부분))?$/,
    region: 'background',
  },
  {
    pattern: new RegExp(
      `^(?:이 |그 |전체 |내 )*${koreanPicture}(?:은|는|을|를|도|만)?(?:\\s*(?:전체|전부|모두|다|통째로|전반))?(?:적으로)?(?:을|를|도)?$|^(?:전체|전부|모두|모든 것|통째로|전반)(?:적으로)?(?:을|를|도)?$`,
    ),
    region: 'everything',
  },
];

/** Reads "the background", "everything but the cup", "the whole photo", "컵 빼고 다" and plain things. */
export function readTarget(words: string): ReadTarget {
  const text = words.trim().replace(/\s+/g, ' ');
  for (const { pattern, region } of rules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const thing = match.groups?.thing?.trim();
    return thing ? { region, target: thing } : { region };
  }
  return { region: 'subject', target: text };
}
