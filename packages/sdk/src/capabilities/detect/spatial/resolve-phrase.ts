import type { Size } from '../../../image/geometry.ts';
import type { Detection } from '../contract.ts';
import { anchorsIn } from './anchors-in.ts';
import type { ParsedPhrase, Side, SpatialSelector } from './parsed-phrase.ts';
import { inOrder, type SelectContext, select } from './select.ts';

export interface ResolveContext {
  /** Of the picture, pixels. */
  readonly size: Size;
  /** Detections of the nouns that `anchorPhrases` lists, told apart by `phrase`. */
  readonly anchors?: readonly Detection[];
}

/** What geometry leaves of the detections. */
export interface ResolvedPhrase {
  /** Highest score first. Several where all were asked for, or where which one is meant is for a person to decide. */
  readonly matches: Detection[];
  /** One English sentence; only where `matches` is empty. */
  readonly reason?: string;
}

/**
 * Applies a phrase's selectors to what was found for its noun. Near-ties (3 % of the picture in place, 8 % in area)
 * stay several matches. A single detection answers to any side, because people say "the left cup" of the only cup; it
 * does not answer to "the second cup".
 */
export function resolvePhrase(
  parsed: ParsedPhrase,
  detections: readonly Detection[],
  context: ResolveContext,
): ResolvedPhrase {
  if (detections.length === 0) return { matches: [], reason: `No ${nameOf(parsed)} was found.` };
  const anchorsOf = (selector: SpatialSelector): readonly Detection[] => findAnchors(selector, context, detections);
  let left: readonly Detection[] = detections;
  const selectors = inTurn(parsed.selectors);
  const excepted = parsed.selectors.find(({ kind }) => kind === 'except');
  // What is to be spared must be known, or all of it would be taken.
  if (excepted && anchorsOf(excepted).length === 0) {
    return { matches: [], reason: `It could not be told which ${nameOf(parsed)} is excepted.` };
  }
  for (const [position, selector] of selectors.entries()) {
    const isLast = position === selectors.length - 1;
    if (!parsed.all && left.length === 1 && selector.kind === 'side') continue;
    const selectContext: SelectContext = {
      size: context.size,
      keepMany: parsed.all || !isLast,
      ...(isLast && parsed.count !== undefined ? { count: parsed.count } : {}),
      anchorsOf,
    };
    const next = select(selector, left, selectContext);
    if (next.length === 0) return { matches: [], reason: explain(parsed, selector, left.length, anchorsOf(selector)) };
    left = next;
  }
  return { matches: inOrder(left) };
}

/** Sides and relations narrow the field before anything is counted or compared: "the biggest cup on the left" is the biggest of those on the left. */
function inTurn(selectors: readonly SpatialSelector[]): readonly SpatialSelector[] {
  const narrows = ({ kind }: SpatialSelector): number =>
    kind === 'side' || kind === 'relation' || kind === 'between' ? 0 : 1;
  return [...selectors].sort((one, other) => narrows(one) - narrows(other));
}

function findAnchors(
  selector: SpatialSelector,
  { size, anchors = [] }: ResolveContext,
  own: readonly Detection[],
): readonly Detection[] {
  return anchorsIn(selector).flatMap((anchor) => findAnchor(selector, anchor, { size, anchors }, own));
}

function findAnchor(
  selector: SpatialSelector,
  anchor: ParsedPhrase,
  { size, anchors = [] }: ResolveContext,
  own: readonly Detection[],
): readonly Detection[] {
  const named =
    anchor.noun === ''
      ? selector.kind === 'except'
        ? own
        : anchors
      : anchors.filter(({ phrase, label }) => phrase === anchor.noun || label === anchor.noun);
  return resolvePhrase(anchor, named, { size, anchors }).matches;
}

const nameOf = ({ noun }: ParsedPhrase): string => (noun === '' ? 'thing' : `"${noun}"`);

const sideNames: Readonly<Record<Side, string>> = {
  left: 'to the left of',
  right: 'to the right of',
  top: 'above',
  bottom: 'below',
};

function explain(
  parsed: ParsedPhrase,
  selector: SpatialSelector,
  count: number,
  anchors: readonly Detection[],
): string {
  const name = nameOf(parsed);
  const found = `${count} found`;
  switch (selector.kind) {
    case 'side':
      return `No ${name} is in the ${selector.sides.join(' ')} half of the picture (${found}).`;
    case 'ordinal':
      return `There is no ${name} number ${selector.index} from the ${selector.from} (${found}).`;
    case 'size':
      return `There is no ${name} number ${selector.index} by size (${found}).`;
    case 'middle':
      return `No ${name} is in the middle (${found}).`;
    case 'ends':
    case 'depth':
      return `It could not be told which ${name} is meant (${found}).`;
    case 'between':
      return anchors.length < 2
        ? `The things to tell which ${name} is meant were not found.`
        : `No ${name} lies between them (${found}).`;
    case 'except':
      return `Nothing is left of ${name} but what was excepted (${found}).`;
    case 'distance':
    case 'relation': {
      const anchor = nameOf(selector.anchor);
      if (anchors.length === 0) return `No ${anchor} was found to tell which ${name} is meant.`;
      return `No ${name} lies ${selector.kind === 'relation' ? sideNames[selector.side] : 'apart from'} ${anchor} (${found}).`;
    }
  }
}
