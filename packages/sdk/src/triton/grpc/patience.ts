/** Milliseconds in which a connection has to be up, with a server at its end that speaks HTTP/2. */
export const connectMs = 5_000;

const ticks = 5;

/**
 * Calls back once after about so many milliseconds, and gives the way to call it off. Only time in which the process runs
 * counts: while it is busy with something long, what it waits for may be there and unread.
 */
export function patience(milliseconds: number, onEnd: () => void): { readonly timer: NodeJS.Timeout; stop(): void } {
  let left = ticks;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    onEnd();
  }, milliseconds / ticks);
  return { timer, stop: () => clearInterval(timer) };
}
