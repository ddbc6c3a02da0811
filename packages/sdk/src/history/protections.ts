import type { Size } from '../image/geometry.ts';
import type { ProtectionRecord, ProtectRule, SessionRecord } from './session-record.ts';

type Protecting = Pick<SessionRecord, 'protect' | 'protections'>;

/** Equal keys mean equal rules: whatever the order in which their parts were written. */
export function ruleKey(rule: ProtectRule): string {
  if (typeof rule === 'string') return rule;
  if ('phrase' in rule) return `phrase ${rule.phrase}`;
  if ('mask' in rule) return `mask ${rule.mask}`;
  return `${boxKey(rule)} of ${rule.size?.width} x ${rule.size?.height}`;
}

type BoxRule = Extract<ProtectRule, { readonly box: unknown }>;

const isBox = (rule: ProtectRule): rule is BoxRule => typeof rule === 'object' && 'box' in rule;

const boxKey = ({ box: { x, y, width, height } }: BoxRule): string => `box ${[x, y, width, height].join(' ')}`;

/**
 * What a change of the rules changes in the record; undefined where they stay the same. What was found stays, so that edits
 * go on carrying it, and only new rules are looked for. Where a rule goes, all is looked for anew: what was found for it
 * cannot be told from the rest.
 */
export function changeRules(
  record: SessionRecord,
  wanted: readonly ProtectRule[],
): Partial<Pick<SessionRecord, 'protect' | 'protections'>> | undefined {
  const protect = sizedRules(record, wanted);
  const [before, after] = [new Set(record.protect.map(ruleKey)), new Set(protect.map(ruleKey))];
  if (!isWithin(before, after)) return { protect, protections: {} };
  if (isWithin(after, before)) return undefined;
  return { protect, protections: withCovers(record) };
}

/** Boxes get the size of the picture that they are given for. A box that is given again stays what it was. */
function sizedRules({ protect, images, current }: SessionRecord, wanted: readonly ProtectRule[]): ProtectRule[] {
  const shown = images.find(({ id }) => id === current);
  return wanted.flatMap((rule) => {
    if (!isBox(rule) || rule.size) return rule;
    const known = protect.filter((one) => isBox(one) && boxKey(one) === boxKey(rule));
    return known.length > 0 ? known : withSize(rule, shown);
  });
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((key) => all.has(key));

/** Rules that were given before there was a picture are about the first one. */
export const rulesFor = (rules: readonly ProtectRule[], first: Size): ProtectRule[] =>
  rules.map((rule) => withSize(rule, first));

function withSize(rule: ProtectRule, size: Size | undefined): ProtectRule {
  if (!size || !isBox(rule) || rule.size) return rule;
  return { ...rule, size: { width: size.width, height: size.height } };
}

/** What was stored before rules could be added to others covers all that there were. */
const withCovers = ({ protect, protections }: Protecting): SessionRecord['protections'] =>
  Object.fromEntries(
    Object.entries(protections).map(([image, found]) => [image, { ...found, covers: coveredBy(found, protect) }]),
  );

/** The rules that a picture was searched for. */
export const coveredBy = (found: ProtectionRecord, protect: readonly ProtectRule[]): readonly ProtectRule[] =>
  found.covers ?? protect;

/**
 * The protections with what was found in more pictures; undefined where nothing is new. For one picture, what covers more
 * rules counts; what covers a rule that is no longer in force is left out, since it protects too much.
 */
export function withProtections(
  { protect, protections }: Protecting,
  added: Readonly<Record<string, ProtectionRecord>>,
): SessionRecord['protections'] | undefined {
  const keysOf = (found: ProtectionRecord) => new Set(coveredBy(found, protect).map(ruleKey));
  const inForce = new Set(protect.map(ruleKey));
  const isNew = ([image, found]: [string, ProtectionRecord]): boolean => {
    const covered = keysOf(found);
    if (!isWithin(covered, inForce)) return false;
    if (!Object.hasOwn(protections, image)) return true;
    const known = keysOf(protections[image]);
    return isWithin(known, covered) && known.size < covered.size;
  };
  const fresh = Object.entries(added).filter(isNew);
  return fresh.length === 0 ? undefined : { ...protections, ...Object.fromEntries(fresh) };
}
