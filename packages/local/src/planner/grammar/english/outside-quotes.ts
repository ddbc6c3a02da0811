/** The text with everything mended but what stands within double quotes. */
export const outsideQuotes = (text: string, mend: (stretch: string) => string): string =>
  text
    .split(/(["“][^"“”]*["”])/)
    .map((stretch, index) => (index % 2 === 1 ? stretch : mend(stretch)))
    .join('');
