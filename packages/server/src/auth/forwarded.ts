const names: ReadonlySet<string> = new Set(['forwarded', 'via', 'x-real-ip']);

/** Whether a proxy handed the request on, by its own word: then the address it came from says nothing about who asks. */
export const isForwarded = (headers: Headers): boolean =>
  [...headers.keys()].some((name) => names.has(name) || name.startsWith('x-forwarded-'));
