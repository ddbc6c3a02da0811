import type { Words } from '../text/strings.ts';
import { element, icon } from './element.ts';
import { icons } from './icons.ts';
import { type LoadedPicture, pictureElement, stage } from './picture.ts';

/** Two pictures, one over the other, and a slider between them: the pointer anywhere, arrow keys, Home and End. */
export function compare(
  before: LoadedPicture,
  after: LoadedPicture,
  words: Words,
  ...layers: readonly Node[]
): HTMLElement {
  const range = element('input', {
    type: 'range',
    min: '0',
    max: '100',
    step: '0.5',
    value: '50',
    'aria-label': words.compare,
  });
  const made = stage(
    after,
    pictureElement(after, words.after),
    pictureElement(before, words.before, 'before'),
    ...layers,
    element('span', { class: 'corner left' }, words.before),
    element('span', { class: 'corner right' }, words.after),
    range,
    element('div', { class: 'divider' }, element('span', { class: 'handle' }, icon(icons.arrows))),
  );
  made.classList.add('compare');
  const show = (): void => {
    made.style.setProperty('--at', `${range.value}%`);
    made.classList.toggle('at-left', Number(range.value) < 18);
    made.classList.toggle('at-right', Number(range.value) > 82);
  };
  range.addEventListener('input', show);
  show();
  return made;
}

/** For edits that changed the picture's shape: the one or the other. */
export function alternate(before: LoadedPicture, after: LoadedPicture, words: Words): HTMLElement {
  const slot = element('div');
  const tabs = [
    { words: words.before, picture: before },
    { words: words.after, picture: after },
  ].map((side) => ({ ...side, tab: element('button', { type: 'button', class: 'tab' }, side.words) }));
  const show = (chosen: LoadedPicture): void => {
    for (const { tab, picture } of tabs) tab.setAttribute('aria-pressed', String(picture === chosen));
    const name = chosen === before ? words.before : words.after;
    slot.replaceChildren(stage(chosen, pictureElement(chosen, name)));
  };
  for (const { tab, picture } of tabs) tab.addEventListener('click', () => show(picture));
  show(after);
  return element('div', { class: 'alternate' }, slot, element('div', { class: 'tabs' }, ...tabs.map(({ tab }) => tab)));
}
