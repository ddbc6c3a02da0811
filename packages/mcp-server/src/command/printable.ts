/** Text from outside, safe to show: what moves a cursor or turns the direction of writing becomes U+FFFD. */
export const printable = (text: string): string =>
  text.replace(/\r?\n|\t/g, ' ').replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
