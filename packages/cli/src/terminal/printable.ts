/**
 * Text that came from outside, safe to show: a file name or label must not move the cursor or set the window's title.
 * Control characters and those that turn the writing direction around become U+FFFD.
 */
export const printable = (text: string): string =>
  text.replace(/\r?\n|\t/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** The same, keeping line breaks. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(printable).join('\n');
