import { AssertionError } from 'node:assert';
import { describe, expect, it } from 'vitest';
import type { ContractCase } from '../contract-case.ts';

/** A broken model, the case that must catch it, and what it fails with where that is not an assertion. */
export interface Mutant<Model> {
  readonly caughtBy: string;
  readonly Mutant: new () => Model;
  readonly failsWith?: RegExp;
}

/** Tests that a contract passes an honest model, catches every broken one by the case meant for it, and has no idle case. */
export function proveContract<Model>(
  Reference: new () => Model,
  casesOf: (model: Model) => ContractCase[],
  mutants: Readonly<Record<string, Mutant<Model>>>,
): void {
  describe('a model that keeps the specification', () => {
    for (const { name, run } of casesOf(new Reference())) it(name, run);
  });

  describe('every broken model is caught by the case that is meant for it', () => {
    it.each(Object.entries(mutants))('%s', async (_, { caughtBy, Mutant, failsWith }) => {
      const meant = casesOf(new Mutant()).find(({ name }) => name === caughtBy);
      expect(meant, `there is no case "${caughtBy}"`).toBeDefined();
      const error = await meant?.run().catch((reason: unknown) => reason);
      if (failsWith) expect(String(error)).toMatch(failsWith);
      else expect(error).toBeInstanceOf(AssertionError);
    });

    it('and every case catches something', () => {
      const meant = new Set(Object.values(mutants).map(({ caughtBy }) => kindOf(caughtBy)));
      const kinds = casesOf(new Reference()).map(({ name }) => kindOf(name));
      expect(kinds.filter((kind) => !meant.has(kind))).toEqual([]);
    });
  });
}

/** What a case is about, whichever way of calling and failure it is run for. */
const kindOf = (name: string): string => name.replace(/^do\w+: /, '').replace(/ when the .*/, '');
