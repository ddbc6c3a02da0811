import type { ColourName } from './colour-names.ts';
import type { Finding, Sighting } from './look.ts';
import { placeOf } from './place.ts';
import { nameRow } from './row.ts';
import { coverage, type Found, howMany, percent, scores, unsure, type Wording, withoutPlace } from './wording-parts.ts';

const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  mouse: 'mice',
  sheep: 'sheep',
  knife: 'knives',
  skis: 'skis',
  scissors: 'scissors',
  broccoli: 'broccoli',
};

/** Plural of a label: "wine glasses", "people". */
export function plural(label: string): string {
  if (irregular[label]) return irregular[label];
  return /(?:s|x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
const article = (noun: string): string =>
  /^(?:skis|scissors|broccoli|furniture|food|fruit|cutlery)$/.test(noun)
    ? noun
    : `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
/** The label in the words of the question: "second red cup from the right". */
function noun({ thing, label, only }: Finding, form: (label: string) => string = (one) => one): string {
  const kind = thing.colour ? `${thing.colour} ${form(label)}` : form(label);
  const { which } = thing;
  if (!which || only) return kind;
  if (which.parsed.language !== 'en') return `${kind} meant by "${which.said}"`;
  return [which.before, kind, which.after].filter(Boolean).join(' ');
}
const many = (finding: Finding): string =>
  finding.sightings.length === 1 ? `1 ${noun(finding)}` : `${finding.sightings.length} ${noun(finding, plural)}`;
const caveat = ({ thing, label, narrower }: Finding): string =>
  narrower ? ` I know it only as "${label}" and cannot tell whether "${thing.phrase}" fits.` : '';
/** "dog" for one "animal": groups are answered by what was seen. */
const seenAs = ({ label, sightings }: Found): string => {
  const labels = [...new Set(sightings.map((sighting) => sighting.label))];
  return labels.length === 1 && labels[0] === label ? '' : `${list(labels)}, `;
};
const mostly = (colours: readonly ColourName[]): string => (colours.length > 0 ? list(colours) : 'of no clear colour');
/** Two or three by their places, more from left to right. One thing was asked for where the words fit several. */
function each(found: Found, describe: (sighting: Sighting) => string): string {
  const [first, second] = found.sightings;
  const { which } = found.thing;
  if (!second) {
    const [start, end] = found.only ? ['The only', ' I see'] : ['The', ''];
    return `${start} ${noun(found)}${end} (${percent(first.score)}) is ${describe(first)}.${caveat(found)}`;
  }
  const unclear = which !== undefined && !which.parsed.all;
  const start = unclear
    ? `${many({ ...found, thing: withoutPlace(found.thing) })} that fit "${which.said}"`
    : many(found);
  const row = nameRow(found.sightings)?.map(
    ([place, sighting]) => `the ${place} one (${percent(sighting.score)}) is ${describe(sighting)}`,
  );
  const list = row ?? found.sightings.map((sighting) => `${describe(sighting)} (${percent(sighting.score)})`);
  return `I see ${start}${row ? '' : ', from left to right'}: ${list.join('; ')}.${caveat(found)}`;
}

const inPlace = (place: string): string => {
  if (place === 'middle') return 'in the middle';
  if (place === 'left' || place === 'right') return `on the ${place}`;
  return place.includes(' ') ? `in the ${place}` : `at the ${place}`;
};

export const english: Wording = {
  count: (found) => `I see ${many(found)} (${seenAs(found)}${scores(found.sightings)}).${caveat(found)}`,
  presence: (found) =>
    `Yes, ${unsure(found) ? 'probably: ' : ''}I see ${found.sightings.length === 1 ? article(noun(found)) : many(found)} ` +
    `(${seenAs(found)}${scores(found.sightings)}).${caveat(found)}`,
  colour: (found) => each(found, ({ colours }) => mostly(colours)),
  colourCheck: (found, asked) => {
    const verdict = { all: 'Yes', some: 'Partly', none: 'No' }[howMany(found, asked)];
    return `${verdict}. ${each(found, ({ colours }) => mostly(colours))}`;
  },
  position: (found, picture) =>
    each(found, ({ box }) => {
      const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
      return `${inPlace(placeOf(box, picture))}, in the box x ${x}, y ${y}, ${width} x ${height} pixels`;
    }),
  size: (found, picture) =>
    each(
      found,
      (sighting) =>
        `${Math.round(sighting.box.width)} x ${Math.round(sighting.box.height)} pixels, a box of ${coverage(sighting, picture)} of the picture`,
    ),
  absent: (finding, yesOrNo) => `${yesOrNo ? 'No, ' : ''}I see no ${noun(finding)}.`,
  scene: (findings) =>
    findings.length === 0
      ? 'I recognise nothing in this picture.'
      : `I see ${list(findings.map((finding) => `${finding.sightings.length === 1 ? article(noun(finding)) : many(finding)} (${scores(finding.sightings)})`))}.`,
};
