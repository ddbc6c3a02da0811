import { styleText } from 'node:util';
import type { Io } from '../io.ts';

type Format = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** Paints text for one stream; plain where it is no terminal, or NO_COLOR (https://no-color.org) is set. */
export type Style = (format: Format, text: string) => string;

export function styleFor(stream: 'stdout' | 'stderr', { isTty, env }: Io): Style {
  const coloured = isTty[stream] && !env.NO_COLOR && env.TERM !== 'dumb';
  return (format, text) => (coloured && text !== '' ? styleText(format, text, { validateStream: false }) : text);
}
