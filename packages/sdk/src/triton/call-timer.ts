/** Node's timers take 31 bits of milliseconds; longer than 24 days is never. */
const longestTimer = 2 ** 31 - 1;

/** Whether a call of that `timeoutMs` ends at all: not where it is Infinity, no number or too long for a timer. */
export const isTimed = (timeoutMs: number): boolean => timeoutMs <= longestTimer;

/** The timer of a call, or none. What is negative is over at once. */
export const callTimer = (timeoutMs: number, onEnd: () => void): NodeJS.Timeout | undefined =>
  isTimed(timeoutMs) ? setTimeout(onEnd, Math.max(0, timeoutMs)) : undefined;
