/** The colours of the tools' own overlays, in their order, so that number 2 is blue in every picture (Okabe and Ito, 2002). */
const palette = ['#e69f00', '#56b4e9', '#d55e00', '#009e73', '#f0e442', '#cc79a7', '#0072b2'];

export const colourOf = (number: number): string => palette[(number - 1) % palette.length] ?? '#ffffff';

/** Black or white, whichever can be read on it. */
export const inkOn = (number: number): string =>
  ['#d55e00', '#009e73', '#0072b2'].includes(colourOf(number)) ? '#fff' : '#111';
