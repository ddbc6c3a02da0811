import { describe, expect, it } from 'vitest';
import { outline } from '../__fixtures__/outline.ts';
import { planRequest } from '../plan-request.ts';

const requests: readonly (readonly [request: string, outline: readonly string[]])[] = [
  ['remove the cup', ['remove: the cup']],
  ['Please remove the cup.', ['remove: the cup']],
  ['Could you please erase the left cup?', ['remove: the left cup']],
  ['can you get rid of the red cup on the left, please?', ['remove: the red cup on the left']],
  ['delete all the cups', ['remove: all the cups']],
  ['take the cup away', ['remove: the cup']],
  ['take out the cup and the spoon', ['remove: the cup', 'remove: the spoon']],
  ['wipe out the person in the background', ['remove: the person in the background']],
  ['make the cup disappear', ['remove: the cup']],
  ['I want the cup gone', ['remove: the cup']],
  ['remove the cup and the spoon', ['remove: the cup', 'remove: the spoon']],
  ['remove the cup, the spoon and the plate', ['remove: the cup', 'remove: the spoon', 'remove: the plate']],
  ['remove the cup and spoon', ['remove: the cup', 'remove: spoon']],
  ['remove the black and white cat', ['remove: the black and white cat']],
  ['remove the spoon between the cup and the plate', ['remove: the spoon between the cup and the plate']],
  ['remove the cup from the picture', ['remove: the cup']],
  ['replace the cup with a cat', ['inpaint: the cup -> a cat']],
  ['Replace the dog with a Golden Retriever', ['inpaint: the dog -> a Golden Retriever']],
  ['swap the cup for a vase', ['inpaint: the cup -> a vase']],
  ['change the cup into a cat', ['inpaint: the cup -> a cat']],
  ['turn the cup into a cat', ['inpaint: the cup -> a cat']],
  ['turn the cup into a vase', ['inpaint: the cup -> a vase']],
  ['change the cup to a bowl of soup', ['inpaint: the cup -> a bowl of soup']],
  ['put a cat in place of the cup', ['inpaint: the cup -> a cat']],
  ['put a cat where the cup is', ['inpaint: the cup -> a cat']],
  ['replace the cup with a cat and a dog', ['inpaint: the cup -> a cat and a dog']],
  ['replace the cup with a cat and the spoon with a dog', ['inpaint: the cup -> a cat', 'inpaint: the spoon -> a dog']],
  ['replace the cup and the spoon with a cat', ['inpaint: the cup -> a cat', 'inpaint: the spoon -> a cat']],
  ['change the cup to blue', ['adjust: the cup -> recolour subject']],
  ['turn the cup blue', ['adjust: the cup -> recolour subject']],
  ['make the cup blue', ['adjust: the cup -> recolour subject']],
  ['paint the cup red', ['adjust: the cup -> recolour subject']],
  ['blur the background', ['adjust: the subject -> blur background']],
  ['blur everything but the cup and the spoon', ['adjust: the cup and the spoon -> blur background']],
  ['make the background white', ['adjust: the subject -> fill background']],
  ['remove the background', ['adjust: the subject -> clear background']],
  ['replace the background with white', ['adjust: the subject -> fill background']],
  ['make the cup and the spoon blue', ['adjust: the cup -> recolour subject', 'adjust: the spoon -> recolour subject']],
  [
    'make the sky blue and the grass green',
    ['adjust: the sky -> recolour subject', 'adjust: the grass -> recolour subject'],
  ],
  ['blur the cup and the spoon', ['adjust: the cup -> blur subject', 'adjust: the spoon -> blur subject']],
  ['brighten the picture', ['adjust: -> brighten everything']],
  ['make it brighter', ['adjust: -> brighten everything']],
  ['pixelate the face', ['adjust: the face -> pixelate subject']],
  ['generate a picture of a cat', ['generate: a cat']],
  ['draw a cat', ['generate: a cat']],
  ['create an image of a red cup on a wooden table', ['generate: a red cup on a wooden table']],
  ['draw a picture of a cat and a dog', ['generate: a cat and a dog']],
  ['how many cups are there?', ['ask: how many cups are there?']],
  ['How many cups are there', ['ask: How many cups are there']],
  ['is there a cup in the picture?', ['ask: is there a cup in the picture?']],
  ['is there a cup and a spoon on the table?', ['ask: is there a cup and a spoon on the table?']],
  ['where is the cup', ['ask: where is the cup']],
  ['what is in this picture?', ['ask: what is in this picture?']],
  ['describe the picture', ['ask: describe the picture']],
  ['count the cups', ['ask: count the cups']],
  ['tell me what is in the picture', ['ask: tell me what is in the picture']],
  ['Can you see a cup?', ['ask: Can you see a cup?']],
  ['find the cups', ['detect: the cups']],
  ['detect all objects', ['detect:']],
  ['show me the cup on the right', ['detect: the cup on the right']],
  ['locate the cup and the spoon', ['detect: the cup | the spoon']],
  ['point at the biggest cup', ['detect: the biggest cup']],
  ['cut out the cup', ['segment: the cup']],
  ['cut the cup out', ['segment: the cup']],
  ['select the cat', ['segment: the cat']],
  ['segment the dog and the cat', ['segment: the dog', 'segment: the cat']],
  ['undo', ['undo:']],
  ['undo that', ['undo:']],
  ['go back', ['undo:']],
  ['undo the last edit', ['undo:']],
  ['open photos/two-cups.png', ['load: photos/two-cups.png']],
  ['load https://example.com/a.png and remove the cup', ['load: https://example.com/a.png', 'remove: the cup']],
  [
    'open photos/two-cups.png, remove the left cup and then tell me how many cups are left',
    ['load: photos/two-cups.png', 'remove: the left cup', 'ask: tell me how many cups are left'],
  ],
  ['remove the cup and then blur the background', ['remove: the cup', 'adjust: the subject -> blur background']],
  ['remove the cup, then replace the spoon with a fork', ['remove: the cup', 'inpaint: the spoon -> a fork']],
  ['find the cup and make it blue', ['detect: the cup', 'adjust: the cup -> recolour subject']],
  ['find the cup and remove it', ['detect: the cup', 'remove: the cup']],
  [
    'replace the cup with a cat and make it black',
    ['inpaint: the cup -> a cat', 'adjust: the cat -> recolour subject'],
  ],
  ['remove the cup; undo that', ['remove: the cup', 'undo:']],
  ['remove the cup. How many cups are left?', ['remove: the cup', 'ask: How many cups are left?']],
  [`I'd like you to remove the cup`, ['remove: the cup']],
  ['remove the 2nd cup from the left', ['remove: the 2nd cup from the left']],
  ['remove the cup that is next to the plate', ['remove: the cup that is next to the plate']],
  ['remove "the cup"', ['remove: the cup']],
  [
    'find the cup and the black and white cat and blur the background',
    ['detect: the cup | the black and white cat', 'adjust: the subject -> blur background'],
  ],
  [
    'blur the background and make the cup blue',
    ['adjust: the subject -> blur background', 'adjust: the cup -> recolour subject'],
  ],
  ['make the cup a dark blue colour', ['adjust: the cup -> recolour subject']],
  ['change the colour of the cup to green', ['adjust: the cup -> recolour subject']],
  ['show me how many cups there are?', ['ask: show me how many cups there are?']],
  ['what if it rains', ['ask: what if it rains']],
  ['remove the cup from this photo, please', ['remove: the cup']],
  ['would you kindly delete the biggest spoon', ['remove: the biggest spoon']],
  ['get the cup out of the picture', ['remove: the cup']],
];

const senseless: readonly string[] = [
  'draw a hat on the dog',
  'the cup',
  'hello',
  'rotate the picture',
  'remove it',
  'remove',
  'can you rotate the picture?',
  'make me a sandwich',
  'asdf qwer',
  'make the cup bigger',
  'erase them',
];

describe('English requests', () => {
  it.each(requests)('%s', (request, expected) => {
    const plan = planRequest(request);
    expect(plan.language).toBe('en');
    expect(plan.notUnderstood).toBeUndefined();
    expect(outline(plan)).toEqual(expected);
  });

  it.each(senseless)('does not understand: %s', (request) => {
    const plan = planRequest(request);
    expect(plan.steps).toEqual([]);
    expect(plan.notUnderstood).toBe(request);
  });
});
