import type { JsonError } from '../../json-output.ts';
import type { DoneEntry } from './journal-entry.ts';

/** A photo of a batch and the file that is made of it. */
export interface BatchItem {
  /** Absolute. */
  readonly input: string;
  /** Path from the folder, as the journal names it. */
  readonly photo: string;
  /** The file's name in the folder. */
  readonly output: string;
}

/** What became of a photo: its result is there, or could not be made, or its turn never came. */
export type BatchOutcome =
  | {
      readonly state: 'done';
      readonly item: BatchItem;
      readonly entry: DoneEntry;
      /** It was there already, made of the same photo by the same recipe. */
      readonly kept: boolean;
    }
  | {
      readonly state: 'failed';
      readonly item: BatchItem;
      /** Null where it could not be read. */
      readonly photoSha256: string | null;
      readonly error: JsonError;
    }
  | { readonly state: 'left'; readonly item: BatchItem };
