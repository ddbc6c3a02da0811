/** What a command tells while it works. Everything goes to standard error. */
export interface Progress {
  /** What happens now. @param percent 0..100, left out where nobody knows. */
  update(message: string, percent?: number): void;
  /** A finished step: stays on the screen. */
  done(message: string, durationMs: number): void;
  /** A line that stays. */
  note(text: string): void;
  /** Takes the moving line away, for a question or the result; `update` brings it back. */
  clear(): void;
}
