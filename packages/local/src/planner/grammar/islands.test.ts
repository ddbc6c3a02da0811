import { describe, expect, it } from 'vitest';
import { outline } from '../__fixtures__/outline.ts';
import { planRequest } from '../plan-request.ts';

type Row = readonly [text: string, expected: readonly string[]];

const understood: readonly Row[] = [
  ['blur whats behind the canoe pls, its for our club page', ['adjust: the canoe -> blur background']],
  ['kill the floodlight top right', ['remove: the floodlight in the top right']],
  ['delete the scooter someone left on the pavement', ['remove: the scooter']],
  ['sharpen up the heron a bit, I was miles away', ['adjust: the heron -> sharpen subject']],
  ['My thumb is in the corner again. Take it out, and that wasp as well', ['remove: My thumb', 'remove: that wasp']],
  ['the courier left his trolley on the step, would you mind erasing it', ['remove: his trolley on the step']],
  ['There are four boats. The tiny one in the distance, get rid of it', ['remove: The tiny boat']],
  ['sky too bright, darken it', ['adjust: sky -> brighten subject']],
  ["I can't read the poster, make it sharper", ['adjust: the poster -> sharpen subject']],
  ['Everyone is in focus except auntie, sharpen her up', ['adjust: auntie -> sharpen subject']],
  ['This came out really dark because the flash was off. Can you lift it?', ['adjust: -> brighten everything']],
  ['I like the red gate but could it be teal?', ['adjust: the red gate -> recolour subject']],
  ['make the boat white instead of green', ['adjust: the boat -> recolour subject']],
  ['black and white everywhere except the kite', ['adjust: the kite -> desaturate background']],
  [
    'First set the image level, then reduce it to the barn',
    ['adjust: -> straighten everything', 'adjust: the barn -> crop subject'],
  ],
  ['I only want the steeple in the picture, crop the rest', ['adjust: the steeple -> crop subject']],
  ['crop or... actually just brighten the stove', ['adjust: the stove -> brighten subject']],
  [
    'paint the shed blue and remove the rake leaning against it',
    ['adjust: the shed -> recolour subject', 'remove: the rake'],
  ],
  ['remove the gull and get the pigeon too', ['remove: the gull', 'remove: the pigeon']],
  ['pop a black bar over the phone number', ['adjust: the phone number -> fill subject']],
  ["It'd be great if you could lose the wires across the field, no rush!", ['remove: the wires across the field']],
  [
    'I have no photo of it, so paint a fresh image: a fox asleep, curled up, in ink',
    ['generate: a fox asleep, curled up, in ink'],
  ],
  [
    'If you can make out a hook on the wall, clean it up, otherwise straighten the picture',
    ['detect: hook on the wall', 'remove: hook on the wall', 'adjust: -> straighten everything'],
  ],
];

/** A clear order that is not understood stops everything; and nobody who corrects himself is guessed at. */
const stopped: readonly string[] = [
  'remove the bucket and flip the picture',
  'blur the fence, then rotate it a little',
  'erase the van, no wait, the lorry',
  'lighten the porch and frobnicate the gate',
  'move the bench to the left because it is in the way',
  'remove the mug and make the sky bluer',
  'get rid of the mug next to the laptop and make the sky a bit bluer',
];

describe('English by its signs', () => {
  it.each(understood)('%s', (text, expected) => {
    expect(outline(planRequest(text))).toEqual(expected);
  });

  it.each(stopped)('does not understand: %s', (text) => {
    expect(planRequest(text).steps).toEqual([]);
  });
});
