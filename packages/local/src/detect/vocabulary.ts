import { headNouns } from './head-noun.ts';
import { knownGroups, knownThings } from './labels.ts';
import { koreanShapes } from './shape/shape-names.ts';
import { singularForms } from './singular.ts';

/** What a phrase means to the detectors. */
export interface KnownPhrase {
  /** The label or, for a word like "animal", the group's name. */
  readonly label: string;
  /** All labels it covers; one, but for groups. */
  readonly labels: readonly string[];
  /** True where the words say more than the detectors can tell: a "woman" is reported as any person is. */
  readonly narrower: boolean;
}

/** Everything the detectors can name: COCO's 80 labels and "face". */
export const knownLabels: readonly string[] = knownThings.map(({ label }) => label);

const words: ReadonlyMap<string, KnownPhrase> = new Map<string, KnownPhrase>([
  ...knownGroups.flatMap(({ name, korean, also, labels }) =>
    [name, korean, ...also].map((word) => [word, { label: name, labels, narrower: false }] as const),
  ),
  ...knownThings.flatMap(({ label, korean, also = [], kinds = [] }) => [
    ...[label, korean, ...also].map((word) => [word, { label, labels: [label], narrower: false }] as const),
    ...kinds.map((word) => [word, { label, labels: [label], narrower: true }] as const),
  ]),
]);

/** Eyeglasses far more often than several glasses, and the detectors do not know those. */
const misleading = new Set(['glasses']);

/** The label that a phrase in English or Korean names, articles, owners, particles and plurals aside; undefined where it names none. */
export function lookUp(phrase: string): KnownPhrase | undefined {
  for (const reading of headNouns(phrase)) {
    if (misleading.has(reading)) return undefined;
    for (const form of singularForms(reading)) {
      const known = words.get(form);
      if (known) return known;
    }
  }
  return undefined;
}

const koreanNames = new Map([
  ...knownThings.map((thing) => [thing.label, thing.korean] as const),
  ...knownGroups.map((group) => [group.name, group.korean] as const),
  ...koreanShapes,
  ['text', '글자'] as const,
  ['thing', '물체'] as const,
]);

/** A label's plain Korean name; the label itself where it is none of ours. */
export const koreanName = (label: string): string => koreanNames.get(label) ?? label;
