import type { Language } from '../grammar/language.ts';
import { plural } from './plural.ts';
import { percent, shownLabel } from './recognised.ts';
import type { SeenThing } from './tool-results.ts';

/** More kinds of things than this are only counted. */
const mostKinds = 8;

/** "I found 2 cups (45 %, 41 %) and 1 spoon (30 %)." */
export function foundThings(seen: readonly SeenThing[], phrases: readonly string[], language: Language): string {
  const wanted = phrases.map((phrase) => `“${phrase}”`).join(', ');
  if (seen.length === 0 && language === 'ko')
    return wanted === '' ? '알아볼 수 있는 것을 찾지 못했습니다.' : `${wanted}에 맞는 것을 찾지 못했습니다.`;
  if (seen.length === 0)
    return wanted === '' ? 'I found nothing that I can recognise.' : `I found nothing that matches ${wanted}.`;
  const kinds = byLabel(seen);
  const parts = kinds.slice(0, mostKinds).map(([label, things]) => {
    const scores = things.map((thing) => percent(thing.score)).join(', ');
    return language === 'ko'
      ? `${shownLabel(label, language)} ${things.length}개(${scores})`
      : `${things.length} ${things.length === 1 ? label : plural(label)} (${scores})`;
  });
  const rest = kinds.length - parts.length;
  if (language === 'ko') return `${parts.join(', ')}${rest > 0 ? ` 외 ${rest}종류` : ''}를 찾았습니다.`;
  if (rest > 0) parts.push(`${rest} other kinds of things`);
  return `I found ${parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`}.`;
}

function byLabel(seen: readonly SeenThing[]): readonly (readonly [string, readonly SeenThing[]])[] {
  const labels = [...new Set(seen.map((thing) => thing.label))];
  return labels.map((label) => [label, seen.filter((thing) => thing.label === label)]);
}

/** What a look for one thing showed, where something depends on it: "I see 2 dogs (45 %, 41 %)." */
export function lookedFor(seen: readonly SeenThing[], phrase: string, language: Language): string {
  if (seen.length > 0) {
    const found = foundThings(seen, [phrase], language);
    return language === 'ko' ? found : found.replace(/^I found/, 'I see');
  }
  return language === 'ko' ? `사진에 “${phrase}”에 맞는 것이 없습니다.` : `I see nothing that matches “${phrase}”.`;
}
