import type { Phrasing } from '../operation.ts';
import { koreanAmount, koreanTarget } from './amount.ts';
import { englishAmount, englishDegreeBefore, readDegree } from './degree.ts';

const amounts = { little: 0.35, lot: 0.75 };
const partly: Phrasing['parameters'] = (groups) => readDegree(groups, amounts);
/** "Mute the colours" leaves some. */
const muted: Phrasing['parameters'] = (groups) => ({ amount: 0.5, ...readDegree(groups, amounts) });
const fully: Phrasing['parameters'] = () => ({});

const english = (source: string, parameters = fully): Phrasing => ({
  language: 'en',
  pattern: new RegExp(`^${source}$`),
  parameters,
});
const korean = (source: string, parameters = fully): Phrasing => ({
  language: 'ko',
  pattern: new RegExp(`^${source}$`),
  parameters,
});
/** What keeps its colour was named: everything else loses it. */
const around = (phrasing: Phrasing): Phrasing => ({ ...phrasing, region: 'background' });

const grey =
  '(?:black[ -]and[ -]white|black ?& ?white|b ?& ?w|b/w|gr[ae]y ?-?scale|shades of gr[ae]y|monochrome|monochromatic|colou?rless|desaturated)';
const photo = '(?: (?:one|picture|photo|photograph|image|version|shot|tones?))?';
const verbs = '(?:make|turn|convert|change|set|render|put|transform|show|colou?r)';
const colour = '(?:colou?rs?|saturation|hue)';

const koreanGrey = '(?:흑백|그레이 ?스케일|회색조|모노크롬|모노톤|무채색)';
const koreanDoing = '(?:하|해|만들|바꾸|바꿔|변환|변경|처리|전환|보정|부탁).*';
const koreanRest = '(?:나머지|배경|주변|다른 (?:것|곳|부분|데))(?:들)?(?: (?:전부|모두|다|전체))?(?:는|은|을|를|만)?';

/** How people ask for less colour: "make it black and white", "everything but the bus in greyscale", "배경을 흑백으로". */
export const desaturatePhrasings: readonly Phrasing[] = [
  around(
    english(
      `(?:keep|leave) (?:only |just )?(?<target>.+?) (?:in (?:full )?colou?r|colou?red|colou?rful)(?:,? (?:and|but|with|while) .*${grey}.*)?`,
    ),
  ),
  around(
    english(
      `(?:keep|leave|preserve|retain) (?:only |just )?the colou?rs? of (?:only |just )?(?<target>.+?)(?:,? (?:and|but|with|while) .*${grey}.*)?`,
    ),
  ),
  around(english(`${verbs} everything ${grey} (?:but|except(?: for)?|apart from|other than|besides) (?<target>.+?)`)),
  around(
    english(
      `${verbs} (?:the |this |my )?(?:picture|photo|photograph|image|it) ${grey}(?:,? (?:but|except(?: for)?|apart from|other than|besides)) (?<target>.+?)`,
    ),
  ),
  english(
    `${verbs} (?<target>(?!(?:in|into|to|as)\\b).+?) (?:in|into|to|to be|look)? ?(?:an? |all |completely |entirely |fully |pure )?${grey}${photo}`,
  ),
  english(`(?:use|apply|add|put) (?:an? )?${grey}(?: filter| effect| look)? (?:to|on|over|for) (?<target>.+?)`),
  english(`(?:desaturate|decolou?ri[sz]e|bleach) (?<target>.+?)${englishAmount}`, partly),
  english(
    `(?:remove|take|drain|strip|suck|get rid of|drop|delete|erase) (?:all )?(?:the |its )?colou?rs? (?:of|from|out of|in) (?<target>.+?)`,
  ),
  english(`(?:drain|strip) (?<target>.+?) of (?:all )?(?:its |their )?colou?rs?`),
  english(
    `(?:mute|tone down|soften|fade|reduce|lower|decrease|turn down) the ${colour} (?:of|in|from|on) (?<target>.+?)${englishAmount}`,
    muted,
  ),
  english(`(?:reduce|lower|decrease|turn down|drop) (?<target>.+?)(?:'s|s')? saturation${englishAmount}`, muted),
  english(`make (?<target>.+?) ${englishDegreeBefore}(?:less (?:colou?rful|saturated|vivid)|more muted|duller)`, muted),
  english(
    `make the colou?rs (?:of|in) (?<target>.+?) ${englishDegreeBefore}(?:less (?:intense|saturated|vivid|bright)|more muted|duller)`,
    muted,
  ),
  // "everything but the bus black and white": no verb at all.
  english(`(?<target>(?:everything|all|everyone|the rest|the background)\\b.*?) (?:in |into |to |as )?${grey}`),
  english(`(?:${verbs} )?(?:in |into |to )?(?:an? )?${grey}${photo}`),
  around(
    korean(
      `(?<target>.+?)(?:만|은|는) (?:컬러(?:로)?|색(?:깔|상)?(?:을|를|이|만)?|원래 색(?:깔)?(?:으로|대로)?)(?:는|만)? ?(?:남기고|남겨 ?두고|두고|살리고|유지하고|그대로 ?두고|있게 하고)(?: ${koreanRest})? ?(?:전부 |모두 |다 )?${koreanGrey}.*`,
    ),
  ),
  korean(
    `${koreanTarget}(?:을|를|은|는|이|가|만)? ?(?:전부 |모두 |다 )?${koreanGrey}(?: ?(?:사진|이미지|톤|화면))?(?:으로|로|화)?(?: ?만)? ?${koreanDoing}`,
  ),
  korean(
    `${koreanTarget}(?:을|를|은|는|이|가|만)? ?(?:전부 |모두 |다 )?${koreanGrey}(?: ?(?:사진|이미지|톤))?(?:으로|로|화)?`,
  ),
  korean(
    `(?<target>.+?)(?:의|에서)? ?(?:채도|색감)(?:를|을)? ?${koreanAmount}(?:낮|내려|내리|줄|떨어뜨리|빼).*`,
    muted,
  ),
  korean(
    `(?<target>.+?)(?:의|에서)? ?(?:색(?:깔|상)?|컬러|채도)(?:을|를)? ?(?:전부 |모두 |다 |완전히 |싹 )?(?:빼|없애|제거|지워|지우|날려).*`,
  ),
];
