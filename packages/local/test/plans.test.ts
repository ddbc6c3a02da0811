import { Image, Mask } from '@atelier/sdk';
import { findPixelOperation } from '@atelier/sdk/adjust';
import { cropPixels } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { type PlanCase, planCaseSchema, readCases, type SceneThing } from '../plans/case.ts';
import { evaluate, figuresOf, ofLanguage } from '../plans/evaluate.ts';
import { hasKorean } from '../plans/nouns.ts';
import { oracle } from '../plans/oracle.ts';
import { paintScene } from '../plans/paint-scene.ts';
import { whatIsMeant } from '../plans/read-phrase.ts';
import { runCase } from '../plans/run-case.ts';
import { type SceneBackend, sceneBackend } from '../plans/scene-backend.ts';
import { isRight, scoreCase } from '../plans/score.ts';
import { planner } from '../src/index.ts';

const folder = new URL('../plans/', import.meta.url);
const seen = await readCases(new URL('seen.json', folder));
const unseen = await readCases(new URL('unseen.json', folder));

const table: readonly SceneThing[] = [
  { label: 'cup', colour: 'red', box: [0.05, 0.4, 0.14, 0.2] },
  { label: 'cup', colour: 'blue', box: [0.25, 0.4, 0.14, 0.2] },
  { label: 'plate', colour: 'white', box: [0.02, 0.65, 0.2, 0.15] },
  { label: 'truck', colour: 'blue', box: [0.5, 0.6, 0.45, 0.35] },
  { label: 'number plate', colour: 'white', box: [0.66, 0.82, 0.12, 0.06] },
  { label: 'man', colour: 'grey', box: [0.6, 0.05, 0.15, 0.5] },
  { label: 'scarf', colour: 'red', box: [0.62, 0.22, 0.11, 0.08] },
];
const cups: PlanCase = {
  id: 'en-cups',
  language: 'en',
  kind: 'ambiguous',
  scene: [...table],
  turns: [
    { say: 'remove the cup', choice: 1, orders: [['detect_objects', 'segment_object', 'remove_object on cup#0']] },
  ],
};

async function view(scene: readonly SceneThing[] = table): Promise<{ image: Image; eye: SceneBackend }> {
  const painted = await paintScene({ scene: [...scene] });
  return { image: painted.image, eye: sceneBackend(painted) };
}
const names = (eye: SceneBackend, image: Image): string[] =>
  eye.see(image).map(({ thing, colour }) => `${colour} ${thing.label}`);

describe('the painted scene', () => {
  it.each([
    ['cup', ['cup#0', 'cup#1']],
    ['cups', ['cup#0', 'cup#1']],
    ['the red mug', ['cup#0']],
    ['red or blue cups', ['cup#0', 'cup#1']],
    ['green cup', []],
    ['blue thing', ['cup#1', 'truck#0']],
    ['round red thing', []],
    ['round thing', ['plate#0']],
    ["the man's scarf", ['scarf#0']],
    ['person with the scarf', ['man#0']],
    ['guy in grey', ['man#0']],
    ['his face', ['face#0']],
    ['licence plate of the truck', ['number plate#0']],
    ['cup beside the man', ['cup#1']],
    ['dog', []],
    ['white thing', ['plate#0', 'number plate#0']],
    ['바닥에 놓인 하얀 거', ['number plate#0']],
    ['컵', ['cup#0', 'cup#1']],
    ['빨간 컵들', ['cup#0']],
    ['파란색 머그잔을', ['cup#1']],
    ['파란 거', ['cup#1', 'truck#0']],
    ['동그란 것', ['plate#0']],
    ['트럭 번호판', ['number plate#0']],
    ['아저씨 목도리', ['scarf#0']],
    ['저 남자 얼굴', ['face#0']],
    ['의자', []],
  ])('knows what is meant by "%s"', async (phrase, things) => {
    const { eye, image } = await view();
    const meant = whatIsMeant(phrase, eye.see(image));
    expect(meant.map(({ thing }) => `${thing.label}#${thing.index}`)).toEqual(things);
  });

  it('is seen by its pixels: what is painted over is gone, what has another colour has it', async () => {
    const { eye, image } = await view();
    expect(names(eye, image)).toEqual([...table.map(({ label, colour }) => `${colour} ${label}`), 'beige face']);
    const [cup] = eye.see(image);
    const alpha = eye.bodyOf(image, cup.thing).map((value) => value * 255);
    const green = findPixelOperation('recolour').apply(image, { colour: '#229a3b' }, alpha);
    const data = Uint8Array.from(image.data, (value, at) => (alpha[at >> 2] ? green[at] : value));
    expect(names(eye, await Image.fromPixels({ ...size(image), data }))).toContain('green cup');

    const mask = new Mask(image.width, image.height, eye.bodyOf(image, cup.thing));
    const { remove, inpaint } = eye.capabilities;
    const without = await Image.fromPixels(await remove.run({ image, mask, seed: 0 }, {}));
    expect(names(eye, without)).not.toContain('red cup');
    expect(names(eye, without)).toHaveLength(table.length);
    const instead = await Image.fromPixels(await inpaint.run({ image, mask, seed: 0, prompt: 'a yellow teapot' }, {}));
    expect(names(eye, instead)).toContain('yellow teapot');
    expect(names(eye, instead)).not.toContain('red cup');
    expect(names(eye, image)).not.toContain('yellow teapot');
  });

  it('is told by its shading after a blur, in black and white, and not where it is covered', async () => {
    const { eye, image } = await view();
    const everywhere = new Uint8Array(image.width * image.height).fill(255);
    const after = async (name: string, parameters: Readonly<Record<string, unknown>>) =>
      names(
        eye,
        await Image.fromPixels({ ...size(image), data: findPixelOperation(name).apply(image, parameters, everywhere) }),
      );
    expect(await after('blur', { radius: 6 })).toEqual(expect.arrayContaining(['red cup', 'blue truck', 'grey man']));
    expect(await after('brighten', { amount: -0.4 })).toHaveLength(table.length + 1);
    expect(await after('fill', { colour: '#ffffff' })).toEqual([]);
    expect(await after('clear', {})).toEqual([]);
  });

  it('is found at its new place after a crop', async () => {
    const { eye, image } = await view();
    await eye.capabilities.detect.run({ image, phrases: [] }, {});
    const part = await Image.fromPixels(cropPixels(image, { x: 190, y: 10, width: 200, height: 280 }));
    const [truck] = await eye.capabilities.detect.run({ image: part, phrases: ['truck'] }, {});
    expect(truck.box.x).toBeCloseTo(0.5 * 400 - 190, 0);
    expect(truck.box.y).toBeCloseTo(0.6 * 300 - 10, 0);
    expect(names(eye, part)).not.toContain('red cup');
  });

  it.each([
    ['Is there a dog?', 'en', /^No/],
    ['is there a cup?', 'en', /^Yes/],
    ['how many cups are there?', 'en', /\b2\b/],
    ['what colour is the truck?', 'en', /blue/],
    ['is the truck red?', 'en', /^No/],
    ['where is the man?', 'en', /top/],
    ['what is in the picture?', 'en', /cup.*truck.*man/],
    ['개가 있어?', 'ko', /^아니요/],
    ['컵이 몇 개 있어?', 'ko', /2개/],
    ['트럭은 무슨 색이야?', 'ko', /파란색/],
    ['번호판 보여?', 'ko', /^네/],
  ] as const)('answers "%s" truthfully', async (question, language, answer) => {
    const { eye, image } = await view();
    const said = await eye.capabilities.ask.run({ image, question, language }, {});
    expect(said.answer).toMatch(answer);
  });
});

const size = ({ width, height }: Image) => ({ width, height });

describe('the cases', () => {
  it('are refused with a fault in them', () => {
    const faulty = (change: (planCase: PlanCase) => unknown): boolean => planCaseSchema.safeParse(change(cups)).success;
    const orders = (entry: string) => (planCase: PlanCase) => ({
      ...planCase,
      turns: [{ ...planCase.turns[0], orders: [[entry]] }],
    });
    expect(faulty((planCase) => planCase)).toBe(true);
    expect(faulty((planCase) => ({ ...planCase, note: 'more' }))).toBe(false);
    expect(faulty((planCase) => ({ ...planCase, scene: [{ ...table[0], box: [0.9, 0, 0.2, 0.2] }] }))).toBe(false);
    for (const entry of [
      'paint_it',
      'adjust_image',
      'adjust_image:melt on cup',
      'remove_object on dog',
      'remove_object on cup#2',
      'ask_image on cup',
    ])
      expect(faulty(orders(entry)), entry).toBe(false);
  });

  it('are about things that Koreans have words for', () => {
    const korean = [...seen, ...unseen].filter(({ language }) => language === 'ko');
    const labels = korean.flatMap(({ scene }) => scene.map(({ label }) => label));
    expect(labels.filter((label) => !hasKorean(label))).toEqual([]);
  });

  it('can all be done: a brain that makes the accepted calls has every one of them right, things included', async () => {
    const shortest = ({ orders }: PlanCase['turns'][number]) =>
      orders.reduce((one, other) => (other.length < one.length ? other : one));
    const scores = await evaluate([...seen, ...unseen], (planCase) => oracle(planCase, shortest));
    expect(figuresOf(scores)).toMatchObject({ plan: 1, strict: 1 });
  });
});

describe('the score', () => {
  const compound: PlanCase = {
    ...cups,
    turns: [{ say: 'both', orders: [['remove_object on man', 'adjust_image:blur on truck']] }],
  };
  const played = async (order: readonly string[], planCase = compound) =>
    scoreCase(
      planCase,
      await runCase(
        planCase,
        oracle(planCase, () => order),
      ),
    );
  const verdict = async (order: readonly string[]) => {
    const { right, strict } = await played(order);
    return { right: right[0], strict: strict[0] };
  };

  it('holds the order, the operations and the things against what was accepted', async () => {
    const right = ['remove_object on man', 'adjust_image:blur on truck'];
    expect(await verdict(right)).toEqual({ right: true, strict: true });
    expect(await verdict(right.toReversed())).toMatchObject({ right: false });
    expect(await verdict(['remove_object on man', 'adjust_image:pixelate on truck'])).toMatchObject({ right: false });
    expect(await verdict(['remove_object on man'])).toMatchObject({ right: false });
    const looking = ['detect_objects', 'segment_object'];
    expect(await verdict([...looking, right[0], ...looking, right[1]])).toEqual({ right: true, strict: true });
    expect(await verdict([...right, ...looking])).toMatchObject({ right: false });
    expect(await verdict(['ask_image', ...right])).toMatchObject({ right: false });
    expect(await verdict([...right, 'undo_edit'])).toMatchObject({ right: false });
    expect(await verdict(['remove_object on scarf', 'adjust_image:blur on truck'])).toEqual({
      right: true,
      strict: false,
    });
    expect(await verdict(['remove_object on man', 'adjust_image:blur on background'])).toEqual({
      right: true,
      strict: false,
    });
    expect(await verdict(['remove_object on -', 'adjust_image:blur on truck'])).toMatchObject({ strict: false });
  });

  it('needs the person to say which one', async () => {
    const chosen = async (choice: number | undefined) => {
      const planCase = { ...cups, turns: [{ ...cups.turns[0], choice }] };
      const { right, strict } = scoreCase(planCase, await runCase(planCase, planner()));
      return { right: right[0], strict: strict[0] };
    };
    expect(await chosen(1)).toEqual({ right: true, strict: true });
    expect(await chosen(2)).toEqual({ right: true, strict: false });
    expect(await chosen(undefined)).toEqual({ right: false, strict: false });
  });

  it('gives a brain that does nothing only the cases in which nothing is to be done', async () => {
    const idle = await evaluate(seen, (planCase) => oracle(planCase, () => []));
    const none = seen.filter(({ turns }) => turns.every(({ orders }) => orders.some((order) => order.length === 0)));
    expect(idle.filter(isRight).map(({ planCase }) => planCase.id)).toEqual(none.map(({ id }) => id));
  });
});

describe('the built-in planner', () => {
  it('plans nearly all cases right that it was written with', async () => {
    const scores = await evaluate(seen, () => planner());
    expect(figuresOf(ofLanguage(scores, 'en')).plan).toBeGreaterThanOrEqual(0.95);
    expect(figuresOf(ofLanguage(scores, 'ko')).plan).toBeGreaterThanOrEqual(0.9);
  });

  // What is aimed at is 0.95 and 0.90, which `npm run verify:plans` holds the planner to, and which it misses so far. Here it
  // may not fall behind what it has reached.
  it('plans no fewer cases right than it has reached, of those that nobody looked at while it was written', async () => {
    const scores = await evaluate(unseen, () => planner());
    expect(figuresOf(ofLanguage(scores, 'en')).plan).toBeGreaterThanOrEqual(11 / 13);
    expect(figuresOf(ofLanguage(scores, 'ko')).plan).toBeGreaterThanOrEqual(11 / 13);
  });
});
