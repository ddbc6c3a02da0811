import { element } from './element.ts';

/** The line under everything: what is going on, read aloud when it changes. */
export class StatusBar {
  readonly element = element('div', { class: 'status', role: 'status' });

  /** An empty text clears it. */
  say(text: string): void {
    this.element.replaceChildren(...(text === '' ? [] : [element('span', {}, text)]));
  }

  /** Something is under way. */
  work(text: string, cancel?: { readonly words: string; readonly onCancel: () => void }): void {
    this.element.replaceChildren(
      element('span', { class: 'spinner', 'aria-hidden': 'true' }),
      element('span', {}, text),
      ...(cancel
        ? [element('button', { type: 'button', class: 'button', onclick: cancel.onCancel }, cancel.words)]
        : []),
    );
  }
}
