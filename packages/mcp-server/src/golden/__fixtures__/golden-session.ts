import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import type { ContentBlock, GoldenClient, GoldenPlace, ToolAnswer } from './golden-client.ts';
import { adjustment, photo, phrase, type Reference } from './reference.ts';

/** One conversation, whatever the client: load, detect, "which one?", cut out, edit, undo, fetch the full file. */
export async function goldenSession(
  client: GoldenClient,
  { place, canAsk, reference }: { place: GoldenPlace; canAsk: boolean; reference: Reference },
): Promise<void> {
  const image = place.over === 'stdio' ? await loadPath(client) : await upload(client);
  expect(image).toBe(reference.image);

  const found = await client.call('detect_objects', { image, phrases: ['cup'] });
  expect(found.structuredContent.detections).toEqual(reference.detections);
  expectPreview(found);

  const cut = await cutOut(client, image, { canAsk, reference });
  expect(cut.structuredContent).toEqual(reference.segment);
  const { mask } = reference.segment;
  expect(links(cut).map(({ uri }) => uri)).toContain(`atelier://masks/${mask}`);

  const edited = await client.call('adjust_image', { image, mask, ...adjustment });
  const { edit, ...output } = edited.structuredContent;
  const { edit: _, ...expected } = reference.edit;
  expect(output).toEqual(expected);
  expect(output).toMatchObject({ changedOutsideMask: 0, verified: { ok: true } });
  expectPreview(edited);

  const undone = await client.call('undo_edit', { edit });
  expect(undone.structuredContent).toMatchObject({ image, undone: edit });

  const link = links(edited).find(({ uri }) => uri === `atelier://images/${output.image}`);
  const file = await client.read(link?.uri ?? 'no link');
  expect(file.mimeType).toBe('image/png');
  expect(file.bytes.length).toBe(link?.size);
  expect(file.bytes.equals(reference.bytes)).toBe(true);
}

/** As hosts that ask and hosts that cannot get to the second cup. */
async function cutOut(
  client: GoldenClient,
  image: string,
  { canAsk, reference }: { canAsk: boolean; reference: Reference },
): Promise<ToolAnswer> {
  const first = await client.call('segment_object', { image, phrase });
  if (canAsk) {
    expect(client.asked).toEqual([expect.stringMatching(/cup/)]);
    return first;
  }
  expect(client.asked).toEqual([]);
  expect(first.structuredContent).toEqual(reference.question);
  expectPreview(first);
  expect(first.content.map(({ text }) => text).join('\n')).toContain('"choice": NUMBER');
  return client.call('segment_object', { image, phrase, choice: 2 });
}

async function loadPath(client: GoldenClient): Promise<string> {
  const loaded = await client.call('load_image', { source: photo });
  expectPreview(loaded);
  return String(loaded.structuredContent.image);
}

async function upload(client: GoldenClient): Promise<string> {
  const { structuredContent } = await client.call('create_upload', {});
  const response = await fetch(String(structuredContent.url), { method: 'PUT', body: await readFile(photo) });
  expect(response.status).toBe(201);
  const answer: unknown = await response.json();
  return z.object({ id: z.string() }).parse(answer).id;
}

const links = ({ content }: ToolAnswer): readonly ContentBlock[] =>
  content.filter(({ type }) => type === 'resource_link');

function expectPreview({ content }: ToolAnswer): void {
  const pictures = content.filter(({ type }) => type === 'image');
  expect(pictures.length).toBeGreaterThan(0);
  for (const { data = '' } of pictures) expect(Buffer.from(data, 'base64').length).toBeLessThanOrEqual(256 * 1024);
}
