const determiners =
  /^(?:(?:a|an|the|this|that|these|those|some|any|all|every|each|both|no|my|your|his|her|its|our|their|another|other) )+/;
/** "a pair of", "a group of": the thing comes after. Elsewhere it comes before: "a cup of coffee". */
const measures = /^(?:pair|pairs|group|bunch|couple|crowd|piece|herd|flock|row|stack|pile|kind|sort) of /;
const owner = /^.+?(?:'s|s') +/;
const koreanDeterminers = /^(?:(?:그|이|저|내|제|네|우리|모든|어떤|이런|그런|한|다른) )+/;
const koreanOwner = /^.+?의 +/;
/** Longest first, so that 에서 is not read as 서. */
const koreanEnding =
  /(?:에게서|이랑|에게|에서|한테|까지|부터|처럼|하고|으로|들|을|를|이|가|은|는|의|도|만|와|과|랑|에|로|께)$/;
/** 사람 + 들 + 에게 + 는 is as long as it gets. */
const mostEndings = 3;

/** Lower case, straight quotes, single spaces, no punctuation around. */
export function tidyPhrase(phrase: string): string {
  return phrase
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/["“”.,!?;:()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * The readings of a phrase that leave out articles, owners and Korean particles, most literal first:
 * "the person's face" is tried as itself, then as "person's face", then as "face".
 */
export function headNouns(phrase: string): readonly string[] {
  const whole = tidyPhrase(phrase);
  const bare = whole.replace(determiners, '').replace(koreanDeterminers, '');
  const measured = bare.replace(measures, '').replace(determiners, '');
  const owned = measured.replace(owner, '').replace(koreanOwner, '').replace(determiners, '');
  const contained = owned.replace(/ of .+$/, '');
  const readings = [whole, bare, measured, owned, contained];
  return [...new Set(readings.flatMap((reading) => [reading, ...withoutEndings(reading)]))].filter(Boolean);
}

function withoutEndings(reading: string): readonly string[] {
  const shorter: string[] = [];
  let rest = reading;
  for (let count = 0; count < mostEndings; count++) {
    const next = rest.replace(koreanEnding, '');
    if (next === rest) break;
    shorter.push(next);
    rest = next;
  }
  return shorter;
}
