import type { Style } from '../terminal/style.ts';
import { displayWidth, padEnd } from '../terminal/width.ts';

/** Names and values, one pair a line, the values under one another. */
export function factLines(facts: readonly (readonly [string, string])[], style: Style): string {
  const column = Math.max(...facts.map(([name]) => displayWidth(name)));
  return facts.map(([name, value]) => `${style('dim', padEnd(name, column))}  ${value}`).join('\n');
}
