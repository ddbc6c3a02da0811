import type { Act, Cue } from './frame.ts';

/** A sign by the source of its pattern. */
export const cue = (source: string, act: Cue['act']): Cue => ({ pattern: new RegExp(source, 'i'), act });
/** The act of a sign that says everything. */
export const always = (act: Act) => (): Act => act;
