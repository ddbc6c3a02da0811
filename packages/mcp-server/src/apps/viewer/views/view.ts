import type { Thing, WaitingJob } from '../result/shown.ts';
import type { Words } from '../text/strings.ts';
import type { KnownCall, Sources } from './sources.ts';

/** What a view is made with. */
export interface ViewContext {
  readonly words: Words;
  /** BCP 47, for numbers. */
  readonly locale: string;
  readonly sources: Sources;
  readonly call: KnownCall;
  /** The first picture of the result, as a data URL. */
  readonly picture: string | undefined;
  readonly canAct: boolean;
  readonly actions: ViewActions;
}

/** What a person can do. */
export interface ViewActions {
  choose(thing: Thing, job: WaitingJob | undefined): void;
  approve(isApproved: boolean, approval: string | undefined, job: WaitingJob | undefined): void;
  undo(edit: string): void;
}

/** A page of the viewer. */
export interface View {
  readonly title: string;
  readonly tone?: 'question' | 'good' | 'warning' | undefined;
  /** Under the title. */
  readonly lead?: string | undefined;
  /** The picture. */
  readonly main?: HTMLElement | undefined;
  /** Beside it where there is room, else under it. */
  readonly side?: readonly (HTMLElement | undefined)[] | undefined;
  /** The side stays under the picture: it has next to nothing to say. */
  readonly isStacked?: boolean | undefined;
  /** Listens to the whole page. */
  readonly onKey?: ((key: string) => void) | undefined;
}
