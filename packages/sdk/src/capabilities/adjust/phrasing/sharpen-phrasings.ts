import type { Phrasing } from '../operation.ts';
import { koreanAmount, koreanTarget } from './amount.ts';
import { englishAmount, englishDegreeBefore, readDegree } from './degree.ts';

const amounts = { little: 0.25, lot: 0.85 };
const parameters: Phrasing['parameters'] = ({ adverb, ...groups }) =>
  readDegree(adverb === undefined ? groups : { degree: adverb }, amounts);

const english = (source: string): Phrasing => ({ language: 'en', pattern: new RegExp(`^${source}$`), parameters });
const korean = (source: string): Phrasing => ({ language: 'ko', pattern: new RegExp(`^${source}$`), parameters });

/** "less sharp" asks for the opposite; "clear" alone, without "-er", means transparent to some. */
const target = '(?<target>.+?)(?<! (?:less|not|not so))';
const crisp =
  '(?:sharper|sharp|crisper|crisp|more (?:sharp|crisp|defined|detailed)|clearer|better defined|in focus|less (?:blurry|blurred|soft|fuzzy|out of focus))';
const crispness = '(?:sharpness|crispness|clarity|definition|acutance)';
const doing = '(?:하|해|만들|바꾸|바꿔|보정|처리|조정|조절|보이|나오)?.*';

/** How people ask for crisper detail: "sharpen the cup", "make it a bit sharper", "사진을 더 선명하게". */
export const sharpenPhrasings: readonly Phrasing[] = [
  english(
    `(?:(?<adverb>slightly|gently|strongly) )?(?:sharpen|unblur|deblur|crispen)(?: up)? ${target}(?: up)?${englishAmount}`,
  ),
  english(`(?:make|get|turn|render) ${target} (?:look |appear |be )?${englishDegreeBefore}${crisp}`),
  english(
    `(?:increase|raise|turn up|boost|improve|enhance|up) the ${crispness} (?:of|in|on) ${target}${englishAmount}`,
  ),
  english(`(?:increase|raise|turn up|boost|improve|enhance|up) ${target}(?:'s|s')? ${crispness}${englishAmount}`),
  english(`(?:add|give) (?:some |more |a bit of )?${crispness} to ${target}`),
  english(`give ${target} (?:some |more |a bit of |a bit more )?${crispness}`),
  english(`(?:bring out|enhance|emphasi[sz]e|sharpen) the (?:fine )?details? (?:of|in|on) ${target}`),
  korean(
    `${koreanTarget}(?:을|를|은|는|이|가|만)? ?${koreanAmount}(?:선명하게|선명해지게|또렷하게|뚜렷하게|샤프하게|날카롭게|쨍하게) ?${doing}`,
  ),
  korean(
    `(?<target>.+?)(?:의)? ?(?:선명도|샤프니스|또렷함|선예도)(?:를|을)? ?${koreanAmount}(?:높|올|키우|키워|늘|강화|향상|개선|더해|추가).*`,
  ),
  korean(
    `(?<target>.+?)(?:을|를|은|는|에|만)? ?${koreanAmount}(?:샤픈|샤프닝|언샤프)(?:을|를)? ?(?:하|해|처리|적용|넣|걸|줘)?.*`,
  ),
  korean(
    '(?<target>.+?)(?:을|를|은|는|이|가|만)? ?(?:덜 (?:흐리|흐릿|뿌옇)게|(?:흐리|흐릿하|뿌옇)지 않게) ?(?:하|해|만들|바꾸|바꿔|보이|나오)?.*',
  ),
];
