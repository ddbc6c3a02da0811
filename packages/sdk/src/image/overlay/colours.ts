export type Colour = readonly [red: number, green: number, blue: number];

/** Told apart with any common colour vision: Okabe and Ito, "Color Universal Design", 2002; black left out. Strongest contrasts first. */
const palette: readonly Colour[] = [
  [230, 159, 0],
  [86, 180, 233],
  [213, 94, 0],
  [0, 158, 115],
  [240, 228, 66],
  [204, 121, 167],
  [0, 114, 178],
];

export const colourOf = (index: number): Colour => palette[index % palette.length] ?? [255, 255, 255];

/** From the eighth item on colours come again, and their boxes are dashed. */
export const isRepeated = (index: number): boolean => index >= palette.length;

export const toHex = (colour: Colour): string => `#${Buffer.from(colour).toString('hex')}`;
