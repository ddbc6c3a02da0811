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

type Agree = (expected: ExpectedCall, ran: RanCall) => boolean;

export function scoreCase(planCase: PlanCase, turns: readonly RanTurn[]): CaseScore {
  const accepted = (agree: Agree): boolean[] =>
    planCase.turns.map(({ orders }, turn) =>
      orders.some((order) => isOrder(order.map(readKnownEntry), turns[turn]?.calls ?? [], agree)),
    );
  return {
    planCase,
    turns,
    right: accepted(sameCall),
    strict: accepted((expected, ran) => sameCall(expected, ran) && sameThing(expected, ran)),
  };
}

function readKnownEntry(entry: string): ExpectedCall {
  const expected = readEntry(entry);
  if (expected) return expected;
  throw new Error(`"${entry}" is no entry of an order: the case was not read by its schema.`);
}

const looks: ReadonlySet<string> = new Set(['detect_objects', 'segment_object']);
const edits: ReadonlySet<string> = new Set(['remove_object', 'inpaint_image', 'adjust_image']);

/**
 * Whether the calls are the order. Looking for a thing and cutting it out right before an edit is allowed and not needed,
 * by the description of the edit tools that the cases were written from; orders of several edits do not list every mixture.
 */
function isOrder(order: readonly ExpectedCall[], ran: readonly RanCall[], agree: Agree): boolean {
  const [call, ...later] = ran;
  if (!call) return order.length === 0;
  const [expected, ...rest] = order;
  if (expected && agree(expected, call) && isOrder(rest, later, agree)) return true;
  return preparesEdit(ran) && isOrder(order, later, agree);
}

/** Whether the first of the calls looks for what the next call that does not look edits. */
function preparesEdit(calls: readonly RanCall[]): boolean {
  const next = calls.find(({ tool }) => !looks.has(tool));
  return looks.has(calls[0].tool) && next !== undefined && edits.has(next.tool);
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
