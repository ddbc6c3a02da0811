import type { Thing } from '../result/shown.ts';
import { fill, percent, type Words } from '../text/strings.ts';
import { colourOf, inkOn } from './colours.ts';
import { element } from './element.ts';

/** The things by their numbers, best reachable by keys: buttons where they can be chosen, entries where not. */
export function thingList(things: readonly Thing[], words: Words, onChoose?: (thing: Thing) => void): HTMLElement {
  return element('ol', { class: 'things' }, ...things.map((thing) => element('li', {}, entry(thing, words, onChoose))));
}

function entry(thing: Thing, words: Words, onChoose: ((thing: Thing) => void) | undefined): HTMLElement {
  const { number, score } = thing;
  const label = thing.label || words.thing;
  const badge = element('span', { class: 'badge' }, String(number));
  badge.style.setProperty('--colour', colourOf(number));
  badge.style.setProperty('--ink', inkOn(number));
  const parts = [
    badge,
    element('span', { class: 'label' }, label),
    element('span', { class: 'score' }, percent(score)),
  ];
  if (!onChoose) return element('div', { class: 'thing', 'data-number': String(number) }, ...parts);
  const name = fill(words.candidate, { number, label, score: percent(score) });
  const attributes = { type: 'button', class: 'thing', 'data-number': String(number), 'aria-label': name };
  return element('button', { ...attributes, onclick: () => onChoose(thing) }, ...parts);
}
