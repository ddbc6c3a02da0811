import { alternate, compare } from '../parts/compare.ts';
import { element, icon } from '../parts/element.ts';
import { icons } from '../parts/icons.ts';
import { outlineLayer } from '../parts/mask-layer.ts';
import { type LoadedPicture, pictureElement, stage } from '../parts/picture.ts';
import { toggle } from '../parts/toggle.ts';
import { verdict } from '../parts/verdict.ts';
import type { ShownEdit, ShownEdits } from '../result/shown.ts';
import { fill, type Words } from '../text/strings.ts';
import { isSameShape } from './sources.ts';
import type { View, ViewContext } from './view.ts';

/** Before and after, what the check said, and the way back. */
export async function editsView(shown: ShownEdits, context: ViewContext): Promise<View> {
  const { words, locale, sources, call } = context;
  const [first, ...more] = shown.edits;
  const [after, before] = await Promise.all([
    sources.picture(shown.image, context.picture),
    sources.before(call, first?.id).then((id) => (id === shown.image ? undefined : sources.picture(id))),
  ]);
  // Another frame: what lay outside is gone, and nothing lies over anything.
  const isReframed = before !== undefined && after !== undefined && !isSameShape(before, after);
  const outline = after && !isReframed ? await outlineOfEdits(shown.edits, after, context) : undefined;
  const isGood =
    shown.edits.length > 0 && shown.notDone.length === 0 && shown.edits.every(({ verified }) => verified?.ok);
  return {
    title: first && more.length === 0 ? titleOf(first, call.tool, words) : words.edited,
    tone: isGood ? 'good' : 'warning',
    lead: shown.answer,
    main: after && pictures(before, after, outline, words),
    side: [
      ...shown.edits.map((edit) =>
        oneOf(isReframed ? { ...edit, changedOutside: undefined } : edit, shown.edits.length, words, locale),
      ),
      shown.notDone.length > 0
        ? element(
            'p',
            { class: 'fact warning' },
            icon(icons.warning),
            fill(words.notDone, { steps: shown.notDone.join(', ') }),
          )
        : undefined,
      controls(shown.edits, outline, context),
    ],
  };
}

async function outlineOfEdits(edits: readonly ShownEdit[], after: LoadedPicture, { sources }: ViewContext) {
  const masks = await Promise.all(edits.map(({ mask }) => sources.maskFor(mask, after)));
  const fitting = masks.filter((mask) => mask !== undefined);
  return fitting.length === 0 ? undefined : outlineLayer(fitting, after);
}

function pictures(
  before: LoadedPicture | undefined,
  after: LoadedPicture,
  outline: HTMLElement | undefined,
  words: Words,
): HTMLElement {
  const layers = outline ? [outline] : [];
  if (!before) return stage(after, pictureElement(after, words.after), ...layers);
  return isSameShape(before, after) ? compare(before, after, words, ...layers) : alternate(before, after, words);
}

/** Several edits are told one by one, each with its name. */
function oneOf(edit: ShownEdit, count: number, words: Words, locale: string): HTMLElement {
  const made = verdict(edit, words, locale);
  if (count > 1) made.prepend(element('h2', {}, titleOf(edit, undefined, words)));
  return made;
}

function controls(edits: readonly ShownEdit[], outline: HTMLElement | undefined, context: ViewContext): HTMLElement {
  const { words, canAct, actions } = context;
  const last = edits.at(-1);
  const undo =
    last && canAct
      ? element(
          'button',
          { type: 'button', class: 'button undo', onclick: () => actions.undo(last.id) },
          icon(icons.undo),
          edits.length > 1 ? words.undoLast : words.undo,
        )
      : undefined;
  const switched = outline && toggle(words.outline, (isOn) => outline.classList.toggle('hidden', !isOn));
  return element('div', { class: 'row' }, switched, undo);
}

/** What was done, by the tool's name. */
function titleOf({ tool, label }: ShownEdit, called: string | undefined, words: Words): string {
  const titles: Readonly<Record<string, readonly [withLabel: string, plain: string]>> = {
    remove_object: [words.removed, words.removedPlain],
    inpaint_image: [words.repainted, words.repaintedPlain],
    adjust_image: [words.adjusted, words.adjustedPlain],
  };
  const [withLabel, plain] = titles[tool ?? called ?? ''] ?? [undefined, words.edited];
  return withLabel && label ? fill(withLabel, { label }) : plain;
}
