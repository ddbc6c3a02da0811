import {
  type Backend,
  type CapabilityMap,
  type Detection,
  type Image,
  Mask,
  type Pixels,
  type SegmentRequest,
  type SegmentResponse,
} from '@atelier/sdk';
import { adjustOperations, findPixelOperation } from '@atelier/sdk/adjust';
import { iou } from '@atelier/sdk/image';
import { answerQuestion } from './answer.ts';
import { fillHole } from './fill-hole.ts';
import type { Looks, Sighting } from './look.ts';
import type { PaintedScene } from './paint-scene.ts';
import { whatIsMeant } from './read-phrase.ts';
import { World } from './world.ts';

/** A backend that sees one scene, and what became of it. */
export interface SceneBackend extends Backend {
  readonly capabilities: CapabilityMap;
  /** What is seen in a picture of the scene now. */
  see(image: Image): readonly Sighting[];
  /** The pixels of the picture in which a thing lies, with its parts, 0 or 1 each. */
  bodyOf(image: Image, thing: Looks): Uint8Array;
}

/** Everything that is seen is seen equally well: nothing is taken for something else because of a score. */
const score = 0.9;
const able = () => true as const;

/**
 * A backend that really looks at the pixels of a painted scene: what was removed is not seen any more, what was recoloured
 * has its new colour, what was painted is seen under its words, and after a crop everything is at its new place.
 */
export function sceneBackend(scene: PaintedScene): SceneBackend {
  const world = new World(scene);
  const [eye, brush] = [
    { model: 'scene-eye', able },
    { model: 'scene-brush', able },
  ];
  return {
    name: 'scene',
    see: (image) => world.see(image),
    bodyOf: (image, thing) => world.bodyOf(image, thing),
    capabilities: {
      detect: { ...eye, run: async ({ image, phrases }) => detect(world, image, phrases) },
      segment: { ...eye, run: async (request) => segment(world, request) },
      ask: {
        ...eye,
        run: async ({ image, question, language }) => ({
          answer: answerQuestion(question, language, world.see(image), image),
        }),
      },
      remove: { ...brush, run: async ({ image, mask, seed }) => fillHole(image, mask, seed) },
      inpaint: { ...brush, run: async ({ image, mask, prompt }) => world.paint(image, mask, prompt) },
      generate: { ...brush, run: async (request) => world.generate(request) },
      adjust,
    },
  };
}

const adjust: CapabilityMap['adjust'] = {
  model: 'pixel-operations',
  able: ({ operation }) =>
    adjustOperations.some(({ name, kind }) => name === operation && kind === 'pixels') || {
      code: 'capability-unavailable',
      hint: `There is no "${operation}".`,
    },
  run: async ({ image, operation, parameters, alpha }): Promise<Pixels> => {
    const data = findPixelOperation(operation).apply(image, parameters, alpha);
    return { width: image.width, height: image.height, data };
  },
};

function detect(world: World, image: Image, phrases: readonly string[]): readonly Detection[] {
  world.remember(image);
  const seen = world.see(image);
  const found = (sightings: readonly Sighting[], phrase?: string) =>
    sightings.map(({ thing, box }) => ({ label: thing.label, score, box, phrase: phrase ?? thing.label }));
  if (phrases.length === 0) return found(seen.filter(({ thing }) => thing.partOf === undefined));
  return phrases.flatMap((phrase) => found(whatIsMeant(phrase, seen), phrase));
}

/** The side of what is cut out around a point where nothing is seen, in pixels. */
const speck = 16;

function segment(world: World, { image, box, points = [] }: SegmentRequest): SegmentResponse {
  const thing = atPlace(world.see(image), box, points);
  if (thing) return { mask: new Mask(image.width, image.height, world.bodyOf(image, thing)), score };
  const [{ x, y } = { x: 0, y: 0 }] = points;
  const place = box ?? { x: x - speck / 2, y: y - speck / 2, width: speck, height: speck };
  return { mask: Mask.fromBox(image, place), score };
}

/** The thing whose box is meant, or the smallest one that lies under the first positive point. */
function atPlace(
  seen: readonly Sighting[],
  box: SegmentRequest['box'],
  points: NonNullable<SegmentRequest['points']>,
): Looks | undefined {
  if (box) {
    const [best] = [...seen].sort((a, b) => iou(b.box, box) - iou(a.box, box));
    return best && iou(best.box, box) >= 0.3 ? best.thing : undefined;
  }
  const point = points.find(({ positive }) => positive);
  const under = seen.filter(
    ({ box: { x, y, width, height } }) =>
      point && point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height,
  );
  return under.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0]?.thing;
}
