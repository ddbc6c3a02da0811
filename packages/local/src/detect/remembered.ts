/** Answers remembered: a run looks at the same few pictures again and again. */
const most = 16;

/** `find`, asked once for each key. What failed is asked again. */
export function remembering<Answer>(): (key: string, find: () => Promise<Answer>) => Promise<Answer> {
  const known = new Map<string, Answer>();
  return async (key, find) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = await find();
    known.set(key, answer);
    for (const oldest of known.keys()) if (known.size > most) known.delete(oldest);
    return answer;
  };
}
