import { printable } from './printable.ts';

/** The one way to say something: standard output belongs to the protocol. */
export interface Voice {
  write(text: string): unknown;
}

export const say = (voice: Voice, kind: 'error' | 'hint' | 'note' | 'atelier-mcp', text: string): void => {
  voice.write(`${kind}: ${printable(text)}\n`);
};
