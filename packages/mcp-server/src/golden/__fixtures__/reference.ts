import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { local } from '@atelier/local';
import { atelier } from '@atelier/sdk';

export const photos = fileURLToPath(new URL('../../../../../photos', import.meta.url));
export const photo = `${photos}/two-cups.png`;

/** What the SDK itself answers to the calls of the golden session. */
export interface Reference {
  readonly image: string;
  readonly detections: unknown;
  readonly question: Readonly<Record<string, unknown>>;
  readonly segment: Readonly<Record<string, unknown>>;
  readonly edit: Readonly<Record<string, unknown>>;
  /** The edited picture's file. */
  readonly bytes: Buffer;
}

export const phrase = 'the cup';
/** Grey is quick to make and easy to tell from what was there. */
export const adjustment = { operation: 'desaturate' } as const;

/** Carries out the golden session without any protocol. */
export async function goldenReference(): Promise<Reference> {
  const studio = atelier({ backends: [local()] });
  try {
    const session = studio.session();
    const { id: image } = await session.addImage(await readFile(photo));
    const found = await session.call('detect_objects', { image, phrases: ['cup'] });
    const question = await session.call('segment_object', { image, phrase });
    const segment = await session.call('segment_object', { image, phrase, choice: 2 });
    if (!('mask' in segment) || !('needs' in question)) throw new Error('The photograph shows two cups.');
    const edit = await session.call('adjust_image', { image, mask: segment.mask, ...adjustment });
    if (!('edit' in edit)) throw new Error('A mask leaves no choice.');
    const { bytes } = await session.loadFile(edit.image);
    return { image, detections: found.detections, question, segment, edit, bytes: Buffer.from(bytes) };
  } finally {
    await studio.close();
  }
}
