/**
 * The shape that Triton gives to the elements of a flat JSON list, from a model's dimensions (-1 where they vary): fixed
 * sides are taken as they are, the innermost that varies takes what is left, the others are 1. `undefined` where the
 * number of elements does not come out.
 */
export function impliedShape(dimensions: readonly number[], count: number): number[] | undefined {
  const fixed = dimensions.reduce((product, side) => (side === -1 ? product : product * side), 1);
  const innermost = dimensions.lastIndexOf(-1);
  if (innermost === -1) return fixed === count ? [...dimensions] : undefined;
  const rest = count / fixed;
  if (!Number.isSafeInteger(rest)) return undefined;
  return dimensions.map((side, index) => (side !== -1 ? side : index === innermost ? rest : 1));
}
