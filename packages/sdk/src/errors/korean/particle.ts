/** A noun with its particle, given as after a final consonant and after a vowel: "을/를". Both, where the sound is not written in Hangul. */
export function withParticle(noun: string, pair: '을/를' | '이/가'): string {
  const last = [...noun.replace(/["”)]+$/, '')].at(-1)?.codePointAt(0) ?? 0;
  const [closed, open] = pair.split('/');
  // Hangul syllables are ordered by initial, vowel and final: every 28th has no final consonant.
  if (last < 0xac00 || last > 0xd7a3) return `${noun}${closed}(${open})`;
  return noun + ((last - 0xac00) % 28 === 0 ? open : closed);
}
