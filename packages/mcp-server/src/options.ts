import type { Language } from '@atelier/sdk';

/** Fetches nothing. */
export const noUrls = (): boolean => false;

/** What every part of the server needs to know about how it was started. */
export interface McpSettings {
  /** Whether results carry pictures. `off`: for hosts that cannot show them (`ATELIER_IMAGES=off`). */
  readonly images: 'on' | 'off';
  /** Language of what tools say where the caller's words do not tell. */
  readonly language: Language;
  /** Folders whose pictures may be read by their absolute paths. Empty: none. */
  readonly roots: readonly string[];
  /** Which URLs may be fetched; `noUrls` where none may. */
  readonly urls: (url: URL) => boolean;
  /** The folder that `save_image` writes into; undefined: that tool is not offered. */
  readonly output: string | undefined;
  /** Which tool calls wait for a person's yes. */
  readonly approve: 'edits' | 'never';
  /** Most bytes of a tool's result on the wire. Default 256 KiB. */
  readonly resultBytes: number;
  /** Most bytes of a data URL as a picture, before decoding. Default 1 MiB. */
  readonly dataUrlBytes: number;
  /** Most bytes of a file that `resources/read` sends. Default 7 MiB: hosts on stdio take 10 MB a message, base64 takes a third more. */
  readonly resourceBytes: number;
  /** Milliseconds that `edit_image` waits for the end of its job. Default 50,000: hosts give up after 60 s, many whether or not they are told progress. */
  readonly waitMs: number;
  /** Signs what travels through clients: states of questions, approvals, upload URLs. At least 32 bytes; shared by processes behind one balancer. */
  readonly secret: Uint8Array;
  /** Over HTTP: makes a one-time URL that takes a picture. Undefined over stdio, where files have paths. */
  readonly uploads: UploadUrls | undefined;
}

/** Signed URLs beside the protocol. */
export interface UploadUrls {
  /** A URL that takes one PUT of a picture's bytes within `seconds`, and answers with its id. */
  create(scope: string): Promise<{ readonly url: string; readonly expiresAt: string; readonly maxBytes: number }>;
  /** A URL that gives a picture's file to whoever holds it, for a while. */
  download(scope: string, image: string): Promise<string>;
}
