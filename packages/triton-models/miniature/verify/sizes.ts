/** How many pictures each figure is measured on. */
export type Sizes = Readonly<
  Record<'owlv2' | 'heldOut' | 'sam' | 'vqa' | 'clip' | 'sd3' | 'agent' | 'latency', number>
>;

export const fullSizes: Sizes = {
  owlv2: 300,
  heldOut: 200,
  sam: 300,
  vqa: 150,
  clip: 50,
  sd3: 200,
  agent: 100,
  latency: 21,
};

/** Of `npm test`. */
export const sampleSizes: Sizes = { owlv2: 24, heldOut: 24, sam: 12, vqa: 16, clip: 50, sd3: 12, agent: 4, latency: 4 };

/** So much of everything, but never less than a figure needs; among fewer descriptions it is easier to find the right one. */
export function partOf(sizes: Sizes, share: number): Sizes {
  const part = Object.entries(sizes).map(([name, count]) => [name, Math.max(4, Math.round(share * count))]);
  // Of the same names.
  return { ...(Object.fromEntries(part) as Sizes), clip: sizes.clip };
}
