import type { Edit, Vision } from '@atelier/sdk';
import type { z } from '@hono/zod-openapi';
import type { AppContext } from '../http/route-context.ts';
import { imageInfo } from '../images/image-info.ts';
import { type StoredImage, takeImage } from '../images/intake.ts';
import { notePicture } from '../images/list-images.ts';
import { orCancelled } from '../images/or-cancelled.ts';
import type { editAnswer } from './answer-schemas.ts';
import { maskInfo, readMask } from './masks.ts';
import { readVisionRequest } from './read-request.ts';
import type { MaskInput } from './request-schemas.ts';
import { visionLine } from './vision-line.ts';

/** A request whose picture is stored. */
export interface VisionCall<Input> {
  readonly input: Input;
  readonly image: StoredImage;
}

/** Reads the request and takes its picture in. */
export async function readCall<Schema extends z.ZodObject>(
  c: AppContext,
  schema: Schema,
): Promise<VisionCall<z.output<Schema>>> {
  const { image, input } = await readVisionRequest(c, schema);
  return { input, image: await takeImage(c.get('services'), tenantOf(c), image, c.req.raw.signal) };
}

/** Lets a capability work when its turn has come; the end of the request stops it. */
export async function work<Value>(
  c: AppContext,
  run: (vision: Vision, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const services = c.get('services');
  const { signal } = c.req.raw;
  return orCancelled(signal, () =>
    visionLine(services).run(() => run(services.studioOf(tenantOf(c)).vision, signal), signal),
  );
}

/** A picture that a capability made, and has stored. */
export async function madeImage(c: AppContext, id: string): Promise<ReturnType<typeof imageInfo>> {
  const services = c.get('services');
  const stored = await takeImage(services, tenantOf(c), { reference: id }, c.req.raw.signal);
  await notePicture(services.database, tenantOf(c), stored);
  return imageInfo(c, stored);
}

interface EditInput {
  readonly mask?: MaskInput | undefined;
  readonly protect?: MaskInput | undefined;
}

/** The masks of an edit's request, unpacked. */
export async function editMasks(c: AppContext, { input, image }: VisionCall<EditInput>) {
  const services = c.get('services');
  return {
    mask: await readMask(services, tenantOf(c), input.mask, image),
    protect: await readMask(services, tenantOf(c), input.protect, image),
  };
}

/** A finished edit with everything that proves it. */
export async function editView(c: AppContext, before: StoredImage, edit: Edit): Promise<z.infer<typeof editAnswer>> {
  const { receipt, verified, mask } = edit;
  return {
    before: imageInfo(c, before),
    image: await madeImage(c, edit.image.id),
    mask: maskInfo(c, mask),
    receipt: { ...receipt },
    verified,
  };
}

const tenantOf = (c: AppContext): string => c.get('principal').tenant;
