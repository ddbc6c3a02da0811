/** A stream that text is written to. */
export interface TextOutput {
  write(text: string): unknown;
  /** Width of the terminal in columns; undefined where it is none. */
  readonly columns?: number | undefined;
}

/** Everything a command touches besides files: given, so that it can run inside another process. */
export interface Io {
  /** The result. */
  readonly stdout: TextOutput;
  /** Progress, questions and errors. */
  readonly stderr: TextOutput;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Which of the streams are terminals. */
  readonly isTty: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Stops the command; it then ends with 130 and leaves nothing behind. */
  readonly signal: AbortSignal;
}
