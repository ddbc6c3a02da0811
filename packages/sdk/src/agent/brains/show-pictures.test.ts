import { describe, expect, it } from 'vitest';
import { Library } from '../../assets/library.ts';
import { memoryAssetStore } from '../../assets/memory-asset-store.ts';
import { decodeImage } from '../../image/decode.ts';
import { Mask } from '../../image/mask.ts';
import { renderForAiSdk } from '../../tools/render-ai-sdk.ts';
import { showPicturesOf } from '../../tools/show-pictures.ts';
import { squares } from '../__fixtures__/scripted.ts';

const image = await squares();
const library = new Library(memoryAssetStore(), 'test');
await library.putImage(image);
const mask = await library.putMask(Mask.fromBox(image, { x: 12, y: 12, width: 16, height: 16 }));
const show = showPicturesOf(async () => ({ library }));

/** What a brain gets of a tool's output. */
async function seen(name: string, input: unknown, output: unknown, preview: typeof show | undefined = show) {
  const tool = renderForAiSdk(async () => output, { preview })[name];
  const result = await tool?.toModelOutput?.({ toolCallId: 'call_1', input, output });
  return result?.type === 'content' ? result.value : [];
}

const words = (output: unknown) => ({ type: 'text', text: JSON.stringify(output) });

describe('what brains see of tool outputs', () => {
  it.each([
    ['remove_object', { image: image.id, edit: 'edit_1' }],
    ['load_image', { image: image.id, width: 120, height: 80 }],
    ['generate_image', { image: image.id, width: 120, height: 80 }],
    ['detect_objects', { detections: [], overlay: image.id }],
    ['inpaint_image', { needs: 'choice', candidates: [], overlay: image.id }],
  ])('%s: the words, then the picture', async (name, output) => {
    const value = await seen(name, { image: `img_${'0'.repeat(32)}` }, output);
    expect(value).toMatchObject([words(output), { type: 'file', mediaType: 'image/png', filename: image.id }]);
    const bytes = value[1]?.type === 'file' && value[1].data.type === 'data' ? value[1].data.data : undefined;
    expect(bytes).toBeInstanceOf(Uint8Array);
    // A picture this small is shown without loss.
    expect(bytes instanceof Uint8Array && (await decodeImage(bytes)).id).toBe(image.id);
  });

  it('segment_object: the picture with the thing tinted, everything else as it was', async () => {
    const value = await seen('segment_object', { image: image.id, phrase: 'x' }, { mask, area: 256 });
    expect(value).toHaveLength(2);
    const shown = await show(image.id, mask);
    const { data, width } = await decodeImage(shown?.bytes ?? new Uint8Array());
    const pixel = (from: Uint8Array, x: number, y: number) => [
      ...from.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
    ];
    expect(pixel(data, 24, 24)).not.toEqual(pixel(image.data, 24, 24));
    expect(pixel(data, 88, 20)).toEqual(pixel(image.data, 88, 20));
  });

  it('words only where nothing is shown, the picture is gone, or the brain sees none', async () => {
    const gone = { image: `img_${'0'.repeat(32)}` };
    expect(await seen('ask_image', { image: image.id, question: 'q' }, { answer: 'Two.' })).toEqual([
      words({ answer: 'Two.' }),
    ]);
    expect(await seen('load_image', {}, gone)).toEqual([words(gone)]);
    const tool = renderForAiSdk(async () => ({})).load_image;
    const output = { image: image.id };
    expect(await tool?.toModelOutput?.({ toolCallId: 'c', input: {}, output })).toEqual({
      type: 'content',
      value: [words(output)],
    });
  });
});
