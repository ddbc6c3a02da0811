import type { Phrasing } from '../operation.ts';

type Groups = Readonly<Record<string, string | undefined>>;

/** Reads the groups `degrees` and `way`: clockwise, unless "left" or "counterclockwise" was said. */
function readAngle({ degrees, way, wayAfter }: Groups): { angle?: number } {
  if (degrees === undefined) return {};
  return { angle: /left|counter|anti|왼|좌|반시계/.test(way ?? wayAfter ?? '') ? -Number(degrees) : Number(degrees) };
}

const english = (source: string): Phrasing => ({
  language: 'en',
  pattern: new RegExp(`^${source}$`),
  region: 'everything',
  parameters: readAngle,
});
const korean = (source: string): Phrasing => ({ ...english(source), language: 'ko' });

const photo = '(?:(?:the|this|my|that|our|whole|entire) )*(?:picture|photo|photograph|image|pic|shot|scene|snapshot)';
const horizon =
  "(?:(?:the|this|its) )?(?:picture's |photo's )?(?:horizon(?:line| line)?|skyline|camera|perspective tilt)";
const whole = `(?:${photo}|${horizon}|it|this|that|everything)`;
const crooked =
  '(?:crooked|tilted|slanted|slanting|askew|wonky|skewed|lopsided|leaning|not level|not straight|uneven|off level|at an angle)';
const degree = '(?<degrees>\\d+(?:\\.\\d+)?) ?(?:°|degrees?|deg)';
const way = '(?<way>(?:counter|anti)-?(?:clockwise)|clockwise|to the (?:left|right)|left|right)';
const fix = '(?:straighten|level|fix|correct|unskew|deskew|align)';

const koreanPhoto = '(?:(?:이|그|내) )?(?:사진|그림|이미지|화면)';
const koreanCrooked = '(?:기울어졌|기울었|기울어져|기울어진|비뚤어졌|비뚤어진|비뚤|비스듬|삐뚤|삐딱|틀어졌|틀어진)';
const doing = '(?:하|해|맞추|맞춰|맞게|잡|만들|바꾸|바꿔|고치|고쳐|보정|조정|교정|펴|세워|세우|돌려|돌리|되게|부탁).*';

/** How people ask for a level picture: "straighten the horizon", "the photo is crooked, level it", "수평 맞춰줘". */
export const straightenPhrasings: readonly Phrasing[] = [
  english(
    `(?:straighten|level|deskew|unskew|de-skew)(?: out| up| off)? ${whole}(?: out| up| off)?(?: (?:in|of|on) ${photo})?`,
  ),
  english(
    `(?:straighten|level|rotate|turn|tilt) ${whole}(?: out)?(?: (?:${way} )?(?:by )?${degree})(?: ${way.replace('<way>', '<wayAfter>')})?`,
  ),
  english(`(?:rotate|turn|tilt) ${whole} ${way} (?:by )?${degree}`),
  english(
    `(?:rotate|turn|tilt) ${whole} (?:until|so|so that|such that) (?:it|the horizon|${photo}) is (?:level|straight|horizontal|upright)`,
  ),
  english(`(?:make|get|set) ${whole} (?:\\S+ )?(?:level|straight|horizontal|upright|even|less ${crooked})`),
  english(
    `(?:fix|correct|remove|repair|undo|even out) (?:the |that |this )?(?:(?:${crooked}|uneven) (?:horizon|picture|photo|image|shot)|tilt(?:ing)?|slant|skew|lean)(?: (?:of|in|on) ${whole})?`,
  ),
  english(
    `(?:${photo}|${horizon}|it|this) (?:is|was|looks|seems|came out|'s) (?:a (?:little |tiny )?bit |a little |slightly |somewhat |so |very |all )?${crooked}(?:[,;:.]? ?(?:so |- |and |please |can you |could you |just )*(?:${fix}|rotate|turn)(?: it| that| this| ${horizon})?(?: out| up| straight)?)?`,
  ),
  english(`${fix} (?:the )?(?:horizon|tilt|level)(?: (?:of|in|on) ${photo})?`),
  korean(
    `(?:${koreanPhoto}(?:의|을|를|은|는|이|가)? ?)?(?:수평선|수평|지평선|수직|기울기|기울임)(?:을|를|이|은|으로|선을)? ?(?:좀 |똑바로 |바르게 |자동으로 )?${doing}`,
  ),
  korean(
    `(?:${koreanPhoto}(?:이|가|은|는)? ?)?(?:좀 |조금 |약간 |살짝 )?${koreanCrooked}[^ ]*,? ?(?:${koreanPhoto}(?:을|를)? ?)?(?:것(?:을|를)? |거 |걸 )?(?:좀 )?(?:똑바로|바로|바르게|반듯하게|반듯이|수평(?:을|으로|에)?|수평이)? ?${doing}`,
  ),
  korean(
    `(?:${koreanPhoto}(?:을|를|은|는|이|가)? |수평선(?:을|이)? )(?:좀 )?(?:똑바로|바로|바르게|반듯하게|반듯이) ?(?:좀 )?${doing}`,
  ),
  korean(
    `(?:${koreanPhoto}(?:을|를|은|는)? )?(?<way>시계 ?방향|반시계 ?방향|오른쪽|왼쪽|우측|좌측)(?:으로|로)? (?<degrees>\\d+(?:\\.\\d+)?) ?(?:도|°)(?:만큼|만|쯤|정도)? ?(?:돌려|돌리|회전|기울).*`,
  ),
  korean(
    `(?:${koreanPhoto}(?:을|를|은|는)? )?(?<degrees>\\d+(?:\\.\\d+)?) ?(?:도|°)(?:만큼|만|쯤|정도)? (?:(?<way>시계 ?방향|반시계 ?방향|오른쪽|왼쪽|우측|좌측)(?:으로|로)? )?(?:돌려|돌리|회전|기울).*`,
  ),
];
