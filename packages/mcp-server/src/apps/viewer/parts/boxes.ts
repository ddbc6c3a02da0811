import type { Thing } from '../result/shown.ts';
import type { Size } from '../views/sources.ts';
import { badgeCorners } from './badge-corners.ts';
import { colourOf, inkOn } from './colours.ts';
import { element } from './element.ts';

export interface BoxOptions {
  /** The picture's own size, which boxes are in. */
  readonly size: Size;
  /** The picture has them painted in: these are only seen while they are pointed at. */
  readonly isPainted?: boolean | undefined;
  /** A box was chosen; undefined: they are only looked at. */
  readonly onChoose?: ((thing: Thing) => void) | undefined;
}

/** Numbered boxes to lie on a picture. For the pointer only: the list beside it is what keys and screen readers use. */
export function boxLayer(things: readonly Thing[], { size, onChoose, isPainted }: BoxOptions): HTMLElement {
  const largestFirst = [...things].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  const layer = element('div', { class: isPainted ? 'layer boxes painted' : 'layer boxes', 'aria-hidden': 'true' });
  // The small ones lie on top, or nobody could reach them.
  const corners = badgeCorners(largestFirst, size);
  for (const [index, thing] of largestFirst.entries()) {
    const made = boxElement(thing, size, onChoose);
    made.classList.add(corners[index] ?? 'top-left');
    layer.append(made);
  }
  return layer;
}

function boxElement(thing: Thing, size: Size, onChoose: BoxOptions['onChoose']): HTMLElement {
  const made = element(
    'div',
    {
      class: onChoose ? 'box choosable' : 'box',
      'data-number': String(thing.number),
      onclick: () => onChoose?.(thing),
    },
    element('span', { class: 'badge' }, String(thing.number)),
  );
  const { x, y, width, height } = thing.box;
  place(made, 'left', x / size.width);
  place(made, 'top', y / size.height);
  place(made, 'width', width / size.width);
  place(made, 'height', height / size.height);
  made.style.setProperty('--colour', colourOf(thing.number));
  made.style.setProperty('--ink', inkOn(thing.number));
  return made;
}

const place = (made: HTMLElement, property: string, share: number): void =>
  made.style.setProperty(property, `${(share * 100).toFixed(3)}%`);

/** While the pointer or the focus is on one of them, its box and its entry stand out. */
export function linkHighlights(root: HTMLElement): void {
  const light = (number: string | undefined): void => {
    root.classList.toggle('has-active', number !== undefined);
    for (const made of root.querySelectorAll<HTMLElement>('[data-number]'))
      made.classList.toggle('active', made.dataset.number === number);
  };
  const numberAt = ({ target }: Event): string | undefined =>
    target instanceof Element ? target.closest<HTMLElement>('[data-number]')?.dataset.number : undefined;
  for (const kind of ['pointerover', 'focusin']) root.addEventListener(kind, (event) => light(numberAt(event)));
  for (const kind of ['pointerleave', 'focusout']) root.addEventListener(kind, () => light(undefined));
}
