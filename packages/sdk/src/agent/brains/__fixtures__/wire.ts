/** What a provider's model says at one call. */
export interface Reply {
  /** Comes in two pieces, so that a stream can break off between them. */
  readonly text?: string;
  /** A string is sent as it is, well-formed or not (where the provider's wire allows it). */
  readonly calls?: readonly { readonly tool: string; readonly input: unknown }[];
  readonly refusal?: string;
  readonly thought?: string;
  /** Gemini only: the model could not finish writing a call. */
  readonly malformed?: boolean;
}

/** A tool's result as it stands on the wire. */
export interface WireResult {
  readonly call: string;
  readonly text: string;
  readonly pictures: readonly Uint8Array[];
}

/** A request as it stands on the wire, read by the provider's documented format. */
export interface WireRequest {
  readonly forcedTool: string | undefined;
  readonly instructions: string;
  /** The person's messages, and their pictures. */
  readonly said: readonly string[];
  readonly pictures: readonly Uint8Array[];
  /** In the order sent, over the whole request. */
  readonly results: readonly WireResult[];
}

/** One provider's streaming format, both ways, after its documentation. */
export interface Wire {
  readonly name: string;
  /** As `openBrain` takes it. */
  readonly brain: string;
  readonly env: Readonly<Record<string, string>>;
  readonly key: string;
  /** Where its calls go. */
  readonly url: string;
  /** The events of a whole stream, as they are on the wire, blank lines included. */
  stream(reply: Reply, call: number): readonly string[];
  read(body: unknown): WireRequest;
  /** The body of an error answer. */
  error(status: number, message: string): unknown;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list of objects under a key; empty where there is none. */
export function listIn(value: unknown, key: string): Record<string, unknown>[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

export const textIn = (value: unknown, key: string): string => {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : '';
};

/** The bytes of a data URL. */
export const bytesOf = (url: string): Uint8Array =>
  new Uint8Array(Buffer.from(url.replace(/^data:[^,]*,/, ''), 'base64'));

export const halves = (text: string): [string, string] => {
  const middle = Math.ceil(text.length / 2);
  return [text.slice(0, middle), text.slice(middle)];
};

export const asJson = (input: unknown): string => (typeof input === 'string' ? input : JSON.stringify(input));
