import { type ExpectedCall, type PlanCase, readEntry } from './case.ts';
import type { RanCall, RanTurn } from './run-case.ts';

/** How a case went. */
export interface CaseScore {
  readonly planCase: PlanCase;
  readonly turns: readonly RanTurn[];
  /** By turn: the tools that ran, and the adjust operations, are one of the accepted orders. */
  readonly right: readonly boolean[];
  /** By turn: and every edit touched what it should. */
  readonly strict: readonly boolean[];
}

/** A case is right when all its turns are. */
export const isRight = ({ right }: CaseScore): boolean => right.every(Boolean);
export const isStrict = ({ strict }: CaseScore): boolean => strict.every(Boolean);

export function scoreCase(planCase: PlanCase, turns: readonly RanTurn[]): CaseScore {
  const accepted = (agree: (expected: ExpectedCall, ran: RanCall) => boolean): boolean[] =>
    planCase.turns.map(({ orders }, turn) =>
      orders.some((order) => {
        const calls = turns[turn]?.calls;
        return calls?.length === order.length && order.every((entry, index) => fits(entry, calls[index], agree));
      }),
    );
  return {
    planCase,
    turns,
    right: accepted(sameCall),
    strict: accepted((expected, ran) => sameCall(expected, ran) && sameThing(expected, ran)),
  };
}

function fits(entry: string, ran: RanCall, agree: (expected: ExpectedCall, ran: RanCall) => boolean): boolean {
  const expected = readEntry(entry);
  return expected !== undefined && agree(expected, ran);
}

const sameCall = (expected: ExpectedCall, ran: RanCall): boolean =>
  expected.tool === ran.tool && expected.operation === ran.operation;

function sameThing({ on, index }: ExpectedCall, { touched }: RanCall): boolean {
  if (on === undefined) return true;
  if (on === '-') return touched === undefined;
  if (!touched) return false;
  if (touched.region !== undefined) return touched.region === on;
  if (touched.label !== on && touched.partOf !== on) return false;
  return index === undefined || (touched.indexes.length === 1 && touched.indexes[0] === index);
}

/** A call in the words of the orders: `adjust_image:blur on cup#1`. */
export function describeCall({ tool, operation, touched }: RanCall): string {
  const name = operation === undefined ? tool : `${tool}:${operation}`;
  if (!touched) return /^(?:remove|inpaint|adjust)_/.test(tool) ? `${name} on -` : name;
  if (touched.region !== undefined) return `${name} on ${touched.region}`;
  return `${name} on ${touched.indexes.map((index) => `${touched.label}#${index}`).join('+')}`;
}
