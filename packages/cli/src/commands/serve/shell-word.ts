/** One word of a shell's line: for POSIX shells, and for Windows' own, where only double quotes hold words together. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return quoted(text);
}

/** The same, in quotes in any case. */
export function quoted(text: string): string {
  if (process.platform === 'win32') return `"${text.replaceAll('"', '')}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
