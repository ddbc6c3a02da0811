import type { Image } from '../../image/image.ts';

export type Language = 'en' | 'ko';

export interface AskRequest {
  readonly image: Image;
  /** The question in the caller's words. */
  readonly question: string;
  /** Language of the answer. */
  readonly language: Language;
}

export interface AskResponse {
  /** One or two sentences. */
  readonly answer: string;
  /** 0..1 where the backend can tell. */
  readonly confidence?: number;
}
