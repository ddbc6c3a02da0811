/** The known word that was probably meant, or undefined where none is close enough. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  if (best && best.distance <= Math.max(1, Math.floor(wanted.length / 3))) return best.candidate;
  const begun = known.filter((candidate) => wanted.length >= 2 && candidate.startsWith(wanted));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1];
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const choices = [above[column] + 1, current[column - 1] + 1, above[column - 1] + same];
      if (swapped) choices.push(rows[row - 2][column - 2] + 1);
      current.push(Math.min(...choices));
    }
    rows.push(current);
  }
  return rows[a.length][b.length];
}
