const words: Readonly<Record<string, number>> = {
  both: 2,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  네: 4,
  다섯: 5,
  여섯: 6,
};

const english =
  /^(?:(?:all|each|every)(?: of)? )?(?:(?:the|these|those|my) )?(both|two|three|four|five|six|seven|eight|nine|ten|\d+)\b(?=.*s\b)/;
const korean =
  /(?:^|\s)(두|세|네|다섯|여섯|\d+)\s*(?:개|명|마리|대|잔|송이)(?:의)?(?:\s|$)|\s(둘|셋)\s*다$|^(두|세|네|다섯|여섯)\s+(?!번)\S/;

/** How many things a phrase speaks of ("both cups", "the three dogs", "컵 두 개"); undefined where it says no number. At least 2. */
export function countIn(phrase: string): number | undefined {
  const match = english.exec(phrase) ?? korean.exec(phrase);
  const word = match?.slice(1).find((group) => group !== undefined);
  if (word === undefined) return undefined;
  const count = words[word] ?? Number(word);
  return count >= 2 ? count : undefined;
}
