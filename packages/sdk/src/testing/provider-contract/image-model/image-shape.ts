import assert from 'node:assert/strict';
import type { ImageModelV4, ImageModelV4Result } from '@ai-sdk/provider';
import {
  assertCount,
  assertDate,
  assertFunction,
  assertHeaders,
  assertIdentity,
  assertJson,
  assertList,
  assertRecord,
  assertText,
  assertWarnings,
} from '../shapes.ts';

export async function assertImageModel(model: ImageModelV4): Promise<void> {
  assertIdentity(model);
  assertFunction(model.doGenerate, 'doGenerate');
  for (const field of ['supportsFileInputs', 'supportsMaskInputs'] as const) {
    const value: unknown = await model[field];
    assert.ok(value === undefined || typeof value === 'boolean', `${field} is ${String(value)}, not a boolean`);
  }
  const most = await imagesPerCall(model);
  assert.ok(most === undefined || (Number.isInteger(most) && most >= 1), `maxImagesPerCall is ${String(most)}`);
}

/** The model's limit as the core reads it; undefined: it does not say. */
export const imagesPerCall = async (model: ImageModelV4): Promise<number | undefined> =>
  typeof model.maxImagesPerCall === 'function'
    ? model.maxImagesPerCall({ modelId: model.modelId })
    : model.maxImagesPerCall;

/** The first bytes of the formats that the core detects. */
const signatures = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF8', 'RIFF'];

/** All images as bytes: they must be all bytes or all base64, and picture files. */
export function imageBytes(result: ImageModelV4Result): Uint8Array[] {
  const images: unknown = result.images;
  assertList(images, 'images');
  const kinds = new Set(images.map((image) => (image instanceof Uint8Array ? 'bytes' : typeof image)));
  assert.ok(kinds.size <= 1, 'images are partly bytes and partly text');
  return images.map((image) => {
    const bytes = image instanceof Uint8Array ? image : fromBase64(image);
    const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
    assert.ok(
      signatures.some((signature) => head.startsWith(signature)) || head.startsWith('ftyp', 4),
      'an image is not a picture file',
    );
    return bytes;
  });
}

function fromBase64(image: unknown): Uint8Array {
  assertText(image, 'an image');
  assert.ok(/^[A-Za-z0-9+/]+={0,2}$/.test(image), 'an image is neither bytes nor base64');
  return Buffer.from(image, 'base64');
}

export function assertImageResult(result: ImageModelV4Result, count: number): void {
  assert.equal(imageBytes(result).length, count, `${result.images.length} images came where ${count} were asked for`);
  assertWarnings(result.warnings);
  assertRecord(result.response, 'response');
  assertDate(result.response.timestamp, 'response.timestamp');
  assertText(result.response.modelId, 'response.modelId');
  assertHeaders(result.response.headers, 'response.headers');
  if (result.usage !== undefined) assertImageUsage(result.usage);
  assertImageMetadata(result.providerMetadata, count);
}

function assertImageUsage(usage: unknown): void {
  assertRecord(usage, 'usage');
  for (const field of ['inputTokens', 'outputTokens', 'totalTokens']) assertCount(usage[field], `usage.${field}`);
}

/** The core gives every image its own entry by position, and throws where `images` is missing. */
function assertImageMetadata(metadata: unknown, count: number): void {
  if (metadata === undefined) return;
  assertRecord(metadata, 'providerMetadata');
  for (const [provider, value] of Object.entries(metadata)) {
    assertRecord(value, `providerMetadata.${provider}`);
    assertList(value.images, `providerMetadata.${provider}.images`);
    assert.equal(value.images.length, count, `providerMetadata.${provider}.images has not one entry for each image`);
    assertJson(value, `providerMetadata.${provider}`);
  }
}
