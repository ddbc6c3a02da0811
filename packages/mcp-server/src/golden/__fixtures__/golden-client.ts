/** What a host sees of a tool's result. */
export interface ToolAnswer {
  readonly structuredContent: Readonly<Record<string, unknown>>;
  readonly content: readonly ContentBlock[];
}

export interface ContentBlock {
  readonly type: string;
  readonly text?: string | undefined;
  readonly uri?: string | undefined;
  readonly size?: number | undefined;
  readonly mimeType?: string | undefined;
  /** Base64. */
  readonly data?: string | undefined;
}

/** One of the clients that hosts are made of, with a person who always points at the second thing. */
export interface GoldenClient {
  /** Rejects for a result that is an error. */
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  /** The one content of a resource. */
  read(uri: string): Promise<{ readonly bytes: Buffer; readonly mimeType: string | undefined }>;
  /** What the person was asked. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Where the server is. */
export type GoldenPlace =
  | { readonly over: 'stdio'; readonly command: string; readonly parameters: readonly string[] }
  | { readonly over: 'http'; readonly url: string };

/** A kind of client, and whether its person can be asked over each transport. */
export interface GoldenHost {
  readonly name: string;
  readonly asks: { readonly stdio: boolean; readonly http: boolean };
  connect(place: GoldenPlace): Promise<GoldenClient>;
}

/** The person answers each form with the second of what can be chosen. */
export const secondChoice = { action: 'accept' as const, content: { choice: '2' } };
