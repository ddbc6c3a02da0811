/** A roundabout way to say something, and the plain one. */
export interface Saying {
  readonly pattern: RegExp;
  /** May hold the pattern's groups: `$<x>`. */
  readonly as: string;
}

export const saying = (source: string, as: string): Saying => ({ pattern: new RegExp(source, 'gi'), as });
