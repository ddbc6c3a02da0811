import { expect, it } from 'vitest';
import { helpText } from './help.ts';
import { knownVariables, unknownVariables } from './unknown-variables.ts';

it('finds misspelt variables of this server, and nothing of others', () => {
  expect(
    unknownVariables({
      ATELIER_MCP_ROOT: '/a',
      ATELIER_MCP_WHATEVER_ELSE: '1',
      ATELIER_MCP_KEYS: 'k',
      ATELIER_PORT: '3000',
      PATH: '',
    }),
  ).toEqual([
    { name: 'ATELIER_MCP_ROOT', meant: 'ATELIER_MCP_ROOTS' },
    { name: 'ATELIER_MCP_WHATEVER_ELSE', meant: undefined },
  ]);
});

it('help names every variable, in lines that fit a terminal', () => {
  const help = helpText();
  for (const variable of knownVariables) expect(help).toContain(variable);
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});
