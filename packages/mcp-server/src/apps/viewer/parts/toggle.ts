import { element } from './element.ts';

/** A switch with its words. */
export function toggle(words: string, onChange: (isOn: boolean) => void, isOn = false): HTMLElement {
  const made = element(
    'button',
    { type: 'button', class: 'toggle', role: 'switch' },
    element('span', { class: 'knob' }),
    words,
  );
  const set = (next: boolean): void => {
    made.setAttribute('aria-checked', String(next));
    onChange(next);
  };
  made.addEventListener('click', () => set(made.getAttribute('aria-checked') !== 'true'));
  set(isOn);
  return made;
}
