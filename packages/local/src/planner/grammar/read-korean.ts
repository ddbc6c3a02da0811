import { anyContext } from './context.ts';
import { asRequest } from './korean-verbs.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';

/**
 * Reads "컵을 지우고 배경을 흐리게 해줘": a request ends where a verb in a joining form (지우고, 지운 다음, 찾아서) does, or at a
 * comma or 그리고, but only where the words up to there are understood: 냉장고 and 광고 end in 고 too.
 */
export function clausesOf(sentence: string): readonly string[] {
  const clauses: string[] = [];
  const finalVerb = sentence.slice(sentence.lastIndexOf(' ') + 1);
  let open = '';
  const words = sentence.split(' ');
  for (const [index, word] of words.entries()) {
    const conjunction = /^(?:그리고|그다음|그다음에)$/.test(word);
    const done = conjunction ? endOfRequest(`${open},`, finalVerb) : undefined;
    if (done !== undefined) {
      clauses.push(done);
      open = '';
      continue;
    }
    open = open === '' ? word : `${open} ${word}`;
    // 지우고 나서 and 지우고 싶어 go on.
    if (/^(?:나서|싶|있)/.test(words[index + 1] ?? '')) continue;
    const ended = endOfRequest(open, finalVerb);
    if (ended === undefined) continue;
    clauses.push(ended);
    open = '';
  }
  if (withoutPoliteness(open, 'ko') !== '') clauses.push(open);
  return clauses;
}

/** The words as a request, where they end one. */
function endOfRequest(words: string, finalVerb: string): string | undefined {
  const bare = words.replace(/[,;]+$/, '');
  const joined = asRequest(bare);
  if (joined !== undefined && isUnderstood(joined)) return joined;
  if (bare === words) return undefined;
  if (isUnderstood(bare)) return bare;
  // 왼쪽 컵은 파랗게, 오른쪽 컵은 빨갛게 바꿔줘: the verb comes once, at the end.
  const shared = `${bare} ${finalVerb}`;
  return /(?:게|로)$/.test(bare) && isUnderstood(shared) ? shared : undefined;
}

const isUnderstood = (words: string): boolean =>
  readClause({ text: withoutPoliteness(words, 'ko'), verbatim: words, language: 'ko', context: anyContext }).length > 0;
