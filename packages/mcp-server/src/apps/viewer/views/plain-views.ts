import { element, icon } from '../parts/element.ts';
import { icons } from '../parts/icons.ts';
import { pictureElement, stage } from '../parts/picture.ts';
import type { ShownApproval, ShownUndo } from '../result/shown.ts';
import { fill } from '../text/strings.ts';
import type { View, ViewContext } from './view.ts';

/** Words, and the picture where the result has one. */
export async function textView(
  text: string,
  isError: boolean,
  { words, sources, picture }: ViewContext,
): Promise<View> {
  const shown = await sources.picture(undefined, picture);
  return {
    title: isError ? words.failed : '',
    tone: isError ? 'warning' : undefined,
    main: shown && stage(shown, pictureElement(shown, '')),
    side: [element('p', { class: 'text' }, text)],
  };
}

/** The picture as it is after an undo. */
export async function undoView({ image, replayed, stopped }: ShownUndo, context: ViewContext): Promise<View> {
  const { words, sources } = context;
  const shown = await sources.picture(image, context.picture);
  return {
    title: words.undone,
    tone: stopped === undefined ? 'good' : 'warning',
    lead: replayed > 0 ? fill(words.replayed, { count: replayed }) : undefined,
    main: shown && stage(shown, pictureElement(shown, words.after)),
    side: [
      stopped === undefined
        ? undefined
        : element('p', { class: 'fact warning' }, icon(icons.warning), fill(words.stopped, { reason: stopped })),
    ],
  };
}

/** "May I?" */
export async function approvalView({ message, approval, job }: ShownApproval, context: ViewContext): Promise<View> {
  const { words, sources, call, canAct, actions } = context;
  const shown = await sources.picture(call.image, context.picture);
  const button = (text: string, name: string, isApproved: boolean): HTMLElement =>
    element('button', { type: 'button', class: name, onclick: () => actions.approve(isApproved, approval, job) }, text);
  return {
    title: words.approveTitle,
    tone: 'question',
    lead: message,
    main: shown && stage(shown, pictureElement(shown, '')),
    side: canAct
      ? [
          element(
            'div',
            { class: 'row' },
            button(words.approve, 'button main', true),
            button(words.decline, 'button', false),
          ),
        ]
      : [],
  };
}
