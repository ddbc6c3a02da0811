import { describe, expect, it } from 'vitest';
import { outline } from '../__fixtures__/outline.ts';
import { planRequest } from '../plan-request.ts';

type Row = readonly [text: string, expected: readonly string[]];

const wishes: readonly Row[] = [
  ["Where the mug is I'd like a vase instead", ['inpaint: the mug -> a vase']],
  ["let's have a dog where the cat is now", ['inpaint: the cat -> a dog']],
  ['a bench where the bin is, please', ['inpaint: the bin -> a bench']],
  ["I'd prefer a bicycle to the motorbike, so swap those", ['inpaint: the motorbike -> a bicycle']],
  ['I think a round table would be nicer than the desk, so please swap them.', ['inpaint: the desk -> a round table']],
  ['put a teapot in instead of the vase', ['inpaint: the vase -> a teapot']],
  ['How about a red car instead of the blue van?', ['inpaint: the blue van -> a red car']],
  [
    'the cat is to be replaced by a dog, and the cup by a glass',
    ['inpaint: the cat -> a dog', 'inpaint: the cup -> a glass'],
  ],
  ['make a paper boat out of the green ball', ['inpaint: the green ball -> a paper boat']],
  ['Could the cat become a dog, and the cup a glass?', ['inpaint: the cat -> a dog', 'inpaint: the cup -> a glass']],
  [
    "I'd like the dog turned into a cat, and then the car beside it painted red",
    ['inpaint: the dog -> a cat', 'adjust: the car beside the cat -> recolour subject'],
  ],
  ['let the green car be a red bus', ['inpaint: the green car -> a red bus']],
  [
    "I'd like the sofa to be removed, the lamp to be brighter and the wall to be white",
    ['remove: the sofa', 'adjust: the lamp -> brighten subject', 'adjust: the wall -> recolour subject'],
  ],
  [
    "I'd like the sofa to be yellow and the cushion to be pink",
    ['adjust: the sofa -> recolour subject', 'adjust: the cushion -> recolour subject'],
  ],
  [
    'I want the cup and the plate to be red',
    ['adjust: the cup -> recolour subject', 'adjust: the plate -> recolour subject'],
  ],
  [
    'pink for the door and purple for the shutters',
    ['adjust: the door -> recolour subject', 'adjust: the shutters -> recolour subject'],
  ],
  ['The shutters should then all be green', ['adjust: The shutters -> recolour subject']],
  ['the mug becomes a bowl', ['inpaint: the mug -> a bowl']],
  [
    'The door would look better in white, so change that, and remove the bin',
    ['adjust: The door -> recolour subject', 'remove: the bin'],
  ],
  ['it would be nice if the door were red', ['adjust: the door -> recolour subject']],
  [
    'what if the car was blue and the bus was red?',
    ['adjust: the car -> recolour subject', 'adjust: the bus -> recolour subject'],
  ],
  [
    'how about making the car red and the bus green?',
    ['adjust: the car -> recolour subject', 'adjust: the bus -> recolour subject'],
  ],
  ['Make sure the cup is blue and the plate is gone', ['adjust: the cup -> recolour subject', 'remove: the plate']],
  ["let's remove the cup and make the dog white", ['remove: the cup', 'adjust: the dog -> recolour subject']],
];

const inItsPlace: readonly Row[] = [
  ['get rid of the lamp and put a candle there instead', ['inpaint: the lamp -> a candle']],
  ['Remove the lamp. Put a candle in its place.', ['inpaint: the lamp -> a candle']],
  ['substitute a bowl for the cup', ['inpaint: the cup -> a bowl']],
  [
    'the red cup into a green bowl, and the plate into a tray',
    ['inpaint: the red cup -> a green bowl', 'inpaint: the plate -> a tray'],
  ],
  ['could we try a tree where the lamp is?', ['inpaint: the lamp -> a tree']],
];

const removals: readonly Row[] = [
  ['No more signs please, remove them all.', ['remove: the signs']],
  ["There's a bin I don't want, please delete it.", ['remove: the bin']],
  [
    "I don't want the bin in this picture, nor the sign. Please delete them both.",
    ['remove: the bin', 'remove: the sign'],
  ],
  ['both the dog and the cat should go', ['remove: the dog', 'remove: the cat']],
  ['All the cars can be deleted', ['remove: All the cars']],
  ['there should be no cups', ['remove: the cups']],
  ['Delete both the cup and the plate', ['remove: the cup', 'remove: the plate']],
  ['red cup and blue cup: both out', ['remove: red cup', 'remove: blue cup']],
];

const named: readonly Row[] = [
  ['take the old chair and turn it into a stool', ['inpaint: the old chair -> a stool']],
  ['You see the dog next to the bin? Make it black.', ['adjust: the dog next to the bin -> recolour subject']],
  ['Begin with the lamp: it should turn into a candle', ['inpaint: the lamp -> a candle']],
  ['Red car: make it a bus. Blue car: delete.', ['inpaint: the Red car -> a bus', 'remove: Blue car']],
  ['The vase at the top, make that one a jug', ['inpaint: The vase at the top -> a jug']],
  ['car -> green, then dog -> white cat', ['adjust: car -> recolour subject', 'inpaint: dog -> white cat']],
  ["there's a little green car, delete it", ['remove: the little green car']],
];

const described: readonly Row[] = [
  ["delete the dog that's biggest", ['remove: the biggest dog']],
  ["remove the cup that's small and red, and the plate", ['remove: the small red cup', 'remove: the plate']],
  ["make the ball that's largest a red cube", ['inpaint: the largest ball -> a red cube']],
  ['Whichever car is smallest, paint it white', ['adjust: the smallest car -> recolour subject']],
  ["take away the lamp that's highest up", ['remove: the highest lamp']],
  [
    "the car that's parked on the left should be red",
    ["adjust: the car that's parked on the left -> recolour subject"],
  ],
  ['make the bird on the far right green', ['adjust: the bird on the right -> recolour subject']],
  ['make the cup next to the plate a glass', ['inpaint: the cup next to the plate -> a glass']],
  [
    'Blur the man in the background who is on the left',
    ['adjust: the man in the background who is on the left -> blur subject'],
  ],
  ['remove the tall man', ['remove: the tall man']],
  ['get rid of everything blue', ['remove: all blue things']],
  ['all the cars that are blue should become red', ['adjust: all the blue cars -> recolour subject']],
  [
    'make the left car red and the right one blue',
    ['adjust: the left car -> recolour subject', 'adjust: the right car -> recolour subject'],
  ],
  [
    'make the cup and the plate both red',
    ['adjust: the cup -> recolour subject', 'adjust: the plate -> recolour subject'],
  ],
];

const inOrder: readonly Row[] = [
  ['Before removing the cup, tell me how many cups you can see', ['ask: How many cups are there?', 'remove: the cup']],
  ['After removing the cup, make the plate blue', ['remove: the cup', 'adjust: the plate -> recolour subject']],
  [
    "remove the cup, and when that's all done, count the plates",
    ['remove: the cup', 'ask: How many plates are there?'],
  ],
  [
    "make the cup red; when that's finished the plate has to be orange",
    ['adjust: the cup -> recolour subject', 'adjust: the plate -> recolour subject'],
  ],
  ["Is there a dog? Once you've told me, delete the cat.", ['ask: Is there a dog?', 'remove: the cat']],
  [
    "Delete the cup. Once you've deleted the cup, count the plates.",
    ['remove: the cup', 'ask: How many plates are there?'],
  ],
  [
    'remove the dog if there is one, and make the cat white',
    ['detect: the dog', 'remove: the dog', 'adjust: the cat -> recolour subject'],
  ],
  ['remove the dog (if it exists)', ['detect: the dog', 'remove: the dog']],
  [
    "I'd like to know how many cups there are, and then remove the red one",
    ['ask: How many cups are there?', 'remove: the red cup'],
  ],
  ['tell me if you see a red cup, then delete the plate', ['ask: Is there a red cup?', 'remove: the plate']],
  ['turn the cup into a bowl first. then remove the plate', ['inpaint: the cup -> a bowl', 'remove: the plate']],
  ['first count the dogs, second remove the cat', ['ask: How many dogs are there?', 'remove: the cat']],
  ['remove the cup. Oh, and how many plates can you count?', ['remove: the cup', 'ask: How many plates are there?']],
];

const typed: readonly Row[] = [
  ['make teh cup red adn remove the plate', ['adjust: the cup -> recolour subject', 'remove: the plate']],
  ['the door shuold be red', ['adjust: the door -> recolour subject']],
];

describe('requests as people word them', () => {
  it.each([...wishes, ...inItsPlace, ...removals, ...named, ...described, ...inOrder, ...typed])(
    '%s',
    (text, expected) => {
      expect(outline(planRequest(text))).toEqual(expected);
    },
  );

  it.each<Row>([
    ['remove the sign "no dogs, remove them"', ['remove: the sign "no dogs, remove them"']],
    ['if the cup is red, blur it', ['detect: the red cup', 'adjust: the cup -> blur subject']],
    [
      'paint the form red and the dad blue',
      ['adjust: the form -> recolour subject', 'adjust: the dad -> recolour subject'],
    ],
    ['I took a photo of a red ball instead of the cube. Remove the ball.', ['remove: the ball']],
    ['turn the cup red, not the plate', ['adjust: the cup -> recolour subject']],
    ['No problem, remove it. The cup, I mean', []],
  ])('does not read into %s', (text, expected) => {
    expect(outline(planRequest(text))).toEqual(expected);
  });
});
