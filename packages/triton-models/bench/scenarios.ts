import { createHash } from 'node:crypto';
import { middleMask, photo, variantOf } from './pictures.ts';
import type { Load, ModelName, Scenario } from './scenario.ts';
import { bytes, float, int32, int64, type Tensors } from './tensors.ts';

const phrases = ['a cup', 'a spoon', 'a table', 'a plate', 'a saucer', 'a hand', 'a book', 'a window'];

/** `count` phrases about a picture. */
export const detection = (picture: Uint8Array, count: number): Tensors => ({
  IMAGE: bytes([1, 1], picture),
  PHRASES: bytes([1, count], ...phrases.slice(0, count)),
  THRESHOLD: float([1, 1], 0.3),
});

const keyOf = (picture: Uint8Array): string => createHash('sha256').update(picture).digest('hex');

const point = (x: number, y: number): Tensors => ({
  POINTS: float([1, 1, 2], x, y),
  POINT_LABELS: int32([1, 1], 1),
  POINT_PROMPT: int32([1, 1], 0),
});

/** One point on a picture that is sent along. */
export const segmentation = (picture: Uint8Array): Tensors => ({
  IMAGE: bytes([1, 1], picture),
  IMAGE_KEY: bytes([1, 1], keyOf(picture)),
  ...point(120, 90),
});

/** One point on a picture that was sent before. */
const prompt = (picture: Uint8Array, index: number): Tensors => ({
  IMAGE: bytes([1, 1], ''),
  IMAGE_KEY: bytes([1, 1], keyOf(picture)),
  ...point(20 + (index % 200), 20 + (index % 150)),
});

const painting = (side: number, steps: number, seed: number): Tensors => ({
  PROMPT: bytes([1], 'a red cup on a wooden table, morning light'),
  NEGATIVE_PROMPT: bytes([1], ''),
  WIDTH: int32([1], side),
  HEIGHT: int32([1], side),
  STEPS: int32([1], steps),
  GUIDANCE: float([1], 5),
  STRENGTH: float([1], 1),
  SEED: int64([1], seed),
});

const question = (picture: Uint8Array, tokens: number, seed: number): Tensors => ({
  IMAGES: bytes([1], picture),
  MESSAGES: bytes(
    [1],
    JSON.stringify([
      {
        role: 'user',
        content: [
          { type: 'image', index: 0 },
          { type: 'text', text: 'What is on the table?' },
        ],
      },
    ]),
  ),
  MAX_TOKENS: int32([1], tokens),
  TEMPERATURE: float([1], 0),
  SEED: int64([1], seed),
});

/** The scenarios of one model. */
export async function scenariosOf(model: ModelName, load: Load): Promise<Scenario[]> {
  const [width, height] = load.photo;
  const picture = await photo('coffee.png', width, height);
  const size = `${width} x ${height} JPEG`;
  const quick = { model, streams: false, calls: load.calls.quick };
  const streaming = { model, streams: true, calls: load.calls.streaming };
  switch (model) {
    case 'owlv2':
      return [{ ...quick, what: `${size}, 4 phrases`, request: (index) => detection(variantOf(picture, index), 4) }];
    case 'sam':
      return [
        { ...quick, what: `new ${size}, 1 point`, request: (index) => segmentation(variantOf(picture, index)) },
        {
          ...quick,
          what: 'picture sent before, 1 point',
          before: segmentation(picture),
          request: (index) => prompt(picture, index),
        },
      ];
    case 'clip':
      return [
        ...load.clipPictures.map((count) => ({
          ...quick,
          what: `${count} ${count === 1 ? size : `JPEGs of ${width} x ${height}`}`,
          request: (index: number): Tensors => ({
            IMAGES: bytes(
              [1, count],
              ...Array.from({ length: count }, (_, place) => variantOf(picture, index * count + place)),
            ),
          }),
        })),
        ...(load.all
          ? [
              {
                ...quick,
                what: '1 text',
                request: (index: number): Tensors => ({
                  TEXTS: bytes([1, 1], `a photo of cup number ${index + 1000}`),
                }),
              },
            ]
          : []),
      ];
    case 'sd3':
      return await paintingsOf(streaming, load);
    case 'vqa':
      return [
        {
          ...streaming,
          what: `${size}, ${load.tokens} tokens`,
          request: (index) => question(picture, load.tokens, index),
        },
      ];
  }
}

async function paintingsOf(
  streaming: Pick<Scenario, 'model' | 'streams' | 'calls'>,
  { paint: { side, steps }, all }: Load,
): Promise<Scenario[]> {
  const size = `${side} x ${side}, ${steps} steps`;
  const words: Scenario = {
    ...streaming,
    what: `text to image, ${size}`,
    request: (index) => painting(side, steps, index),
  };
  if (!all) return [words];
  const picture = bytes([1], await photo('coffee.png', side, side, 'png'));
  const mask = bytes([1], await middleMask(side, side));
  return [
    words,
    {
      ...streaming,
      what: `inpainting, ${size}`,
      request: (index) => ({ ...painting(side, steps, index), IMAGE: picture, MASK: mask }),
    },
  ];
}
