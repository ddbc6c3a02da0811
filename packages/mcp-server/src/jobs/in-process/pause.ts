/** Waits, at most until the signal fires. Keeps no process alive. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    // Longer times than timers take are as good as endless.
    const timer = setTimeout(end, Math.min(Math.max(0, milliseconds), 2 ** 31 - 1)).unref();
    signal?.addEventListener('abort', end);
  });
}
