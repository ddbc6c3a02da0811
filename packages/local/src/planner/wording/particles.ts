/** A Korean particle whose form depends on the sound before it: after a consonant / after a vowel. */
export type Particle = '을/를' | '이/가' | '은/는' | '과/와' | '으로/로';

type FinalSound = 'consonant' | 'rieul' | 'vowel';

/** The word with the form of the particle that fits: 컵을, 고양이를, 서울로, "cup을", "3을". Where nothing can be read, both forms: "★을(를)". */
export function withParticle(word: string, particle: Particle): string {
  const [afterConsonant = '', afterVowel = ''] = particle.split('/');
  const sound = finalSound(word);
  if (sound === undefined) return `${word}${particle === '으로/로' ? '(으)로' : `${afterConsonant}(${afterVowel})`}`;
  const short = sound === 'vowel' || (sound === 'rieul' && particle === '으로/로');
  return word + (short ? afterVowel : afterConsonant);
}

/** How the word ends when read aloud in Korean; undefined where it ends in nothing that is read. */
export function finalSound(word: string): FinalSound | undefined {
  const bare = word.replace(/[\s"'”’)\]}>.,!?]+$/, '');
  const last = bare.at(-1);
  if (last === undefined) return undefined;
  const code = last.charCodeAt(0);
  if (code >= 0xac00 && code <= 0xd7a3) return hangulFinal(code);
  if (last >= '0' && last <= '9') return digitFinal(last);
  const latin = /[A-Za-z]{1,40}$/.exec(bare)?.[0];
  return latin === undefined ? undefined : latinFinal(latin);
}

function hangulFinal(code: number): FinalSound {
  const final = (code - 0xac00) % 28;
  if (final === 0) return 'vowel';
  return final === 8 ? 'rieul' : 'consonant';
}

/** 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
function digitFinal(digit: string): FinalSound {
  if ('178'.includes(digit)) return 'rieul';
  return '036'.includes(digit) ? 'consonant' : 'vowel';
}

/** By the usual transcription: cup 컵, cat 캣, apple 애플, phone 폰; but desk 데스크, cake 케이크, bird 버드. */
function latinFinal(word: string): FinalSound {
  if (word === word.toUpperCase()) return letterNameFinal(word.at(-1) ?? '');
  const lower = word.toLowerCase();
  if (/l$|[^aeiou]le$|[aeiou]le$/.test(lower)) return 'rieul';
  if (/[mn]$|[^aeiou]*[aeiou][mn]e$|ng$/.test(lower)) return 'consonant';
  if (/(?:^|[^aeiou])[aeiou][ptkc]$|oo[pk]$|ck$/.test(lower)) return 'consonant';
  return 'vowel';
}

/** 엘, 알; 엠, 엔; all other letters end in a vowel. */
function letterNameFinal(letter: string): FinalSound {
  if (letter === 'L' || letter === 'R') return 'rieul';
  return letter === 'M' || letter === 'N' ? 'consonant' : 'vowel';
}
