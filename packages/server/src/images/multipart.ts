import { AtelierError } from '@atelier/sdk/errors';
import type { ImageRequest } from './intake.ts';

/** What a form brought. */
export interface Multipart {
  /** The part named `image`: a file, or text that names a picture (an id, a data URL, an address). */
  readonly image: ImageRequest | undefined;
  /** Every other part, as text. A name that came twice is an error. */
  readonly fields: Readonly<Record<string, string>>;
}

export interface MultipartLimits {
  /** Of the file. */
  readonly maxImageBytes: number;
}

const mostParts = 32;
const longestField = 64 * 1024;

export const isMultipart = (headers: Headers): boolean =>
  /^multipart\/form-data\s*(;|$)/i.test(headers.get('content-type') ?? '');

/**
 * Reads a `multipart/form-data` request: one file named `image` and text fields. Throws `invalid-input` (no form, or not such a
 * one), `request-too-large` (a field), `image-too-large`.
 */
export async function readMultipart(request: Request, { maxImageBytes }: MultipartLimits): Promise<Multipart> {
  const type = request.headers.get('content-type') ?? '';
  // Checked before anything is read: without a boundary there is nothing to find in the body.
  const [, quoted, bare] = /;\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+./:=?-]{1,70}))/i.exec(type) ?? [];
  const boundary = quoted ?? bare;
  if (!isMultipart(request.headers) || boundary === undefined) {
    throw unreadable('The request is no multipart/form-data with a boundary.');
  }
  // Complete by now, and not too large: the guard of bodies knows the limits.
  const body = new Uint8Array(await request.arrayBuffer());
  checkPartCount(body, boundary);
  // With the boundary that was counted: of a header that can be read in two ways, the parser might take the other.
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` };
  const form = await new Response(body, { headers }).formData().catch((cause: unknown) => {
    throw unreadable('The form cannot be read: it was cut off, or its parts are malformed.', cause);
  });
  return readForm(form, maxImageBytes);
}

async function readForm(form: FormData, maxImageBytes: number): Promise<Multipart> {
  const fields = new Map<string, string>();
  let image: ImageRequest | undefined;
  for (const [name, value] of form) {
    if (fields.has(name) || (name === 'image' && image))
      throw unreadable(`The form has two parts named ${show(name)}.`);
    if (name === 'image') image = await readImagePart(value, maxImageBytes);
    else if (typeof value === 'string') fields.set(name, checkField(name, value));
    else throw unreadable(`The part ${show(name)} is a file; the one file of a form is named image.`);
  }
  // From entries: a field named __proto__ is a field like others.
  return { image, fields: Object.fromEntries(fields) };
}

async function readImagePart(value: File | string, maxImageBytes: number): Promise<ImageRequest | undefined> {
  if (typeof value === 'string') return value === '' ? undefined : { reference: value };
  // What browsers send for a file field that was left empty.
  if (value.size === 0 && value.name === '') return undefined;
  if (value.size > maxImageBytes) throw imageTooLarge(value.size, maxImageBytes);
  return { bytes: new Uint8Array(await value.arrayBuffer()) };
}

function checkField(name: string, value: string): string {
  if (Buffer.byteLength(value) <= longestField) return value;
  throw new AtelierError({
    code: 'request-too-large',
    message: `The field ${show(name)} is longer than ${longestField} bytes.`,
  });
}

/** Before it is parsed: many tiny parts cost far more than their bytes. */
function checkPartCount(body: Uint8Array, boundary: string): void {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const mark = `--${boundary}`;
  let count = 0;
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
    count += 1;
    // The last mark ends the form.
    if (count > mostParts + 1) throw unreadable(`The form has more than ${mostParts} parts.`);
  }
}

export const imageTooLarge = (bytes: number, maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'image-too-large',
    message: `The picture has ${bytes} bytes; the limit is ${maxBytes}.`,
    hint: 'Make the picture smaller, or save it with more compression.',
    details: { bytes, maxBytes },
  });

/** Names come from outside: short, and on one line. */
const show = (name: string): string => JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}...` : name);

const unreadable = (message: string, cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message,
    hint: 'Send one file named image and text fields: curl -F image=@photo.jpg -F prompt="...".',
    cause,
  });
