import type { ShownEdit } from '../result/shown.ts';
import { fill, type Words } from '../text/strings.ts';
import { element, icon } from './element.ts';
import { icons } from './icons.ts';

/** What the second look said, in its own words, and what changed where nothing should have. */
export function verdict(edit: ShownEdit, words: Words, locale: string): HTMLElement {
  const { verified, changedOutside } = edit;
  const title = verified === undefined ? words.unchecked : verified.ok ? words.verified : words.notVerified;
  return element(
    'section',
    { class: 'verdict' },
    line(verified?.ok === true, element('strong', {}, title), verified?.reason),
    changedOutside === undefined ? undefined : line(changedOutside === 0, outsideWords(changedOutside, words, locale)),
  );
}

const outsideWords = (count: number, words: Words, locale: string): string =>
  count === 0 ? words.outsideNone : fill(words.outsideSome, { count: count.toLocaleString(locale) });

const line = (isGood: boolean, title: HTMLElement | string, more?: string): HTMLElement =>
  element(
    'p',
    { class: isGood ? 'fact good' : 'fact warning' },
    icon(isGood ? icons.check : icons.warning),
    element('span', {}, title, more ? element('span', { class: 'reason' }, more) : undefined),
  );
