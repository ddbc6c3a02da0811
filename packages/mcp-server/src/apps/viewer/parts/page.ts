import type { View } from '../views/view.ts';
import { element, icon } from './element.ts';
import { icons } from './icons.ts';

const tones = { question: icons.question, good: icons.check, warning: icons.warning } as const;

/** Lays a view out. */
export function page(
  { title, tone, lead, main, side = [], isStacked }: View,
  ...tools: readonly HTMLElement[]
): readonly HTMLElement[] {
  const panel = side.filter((part) => part !== undefined);
  return [
    element(
      'header',
      {},
      tone && element('span', { class: `tone ${tone}` }, icon(tones[tone])),
      element(
        'div',
        { class: 'titles' },
        element('h1', { tabindex: '-1' }, title),
        lead ? element('p', { class: 'lead' }, lead) : undefined,
      ),
      ...tools,
    ),
    element(
      'div',
      { class: main && panel.length > 0 && !isStacked ? 'content two' : 'content' },
      main && element('div', { class: 'picture' }, main),
      panel.length > 0 ? element('aside', {}, ...panel) : undefined,
    ),
  ];
}
