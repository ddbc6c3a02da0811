import type { Outgoing } from './connection.ts';

/** A picture's file, its bytes, the id of one that is stored, a data URL, or a URL that the server allows. */
export type ImageSource = Blob | Uint8Array | string;

type Fields = Readonly<Record<string, unknown>>;

/** A request's body: JSON, or multipart/form-data where a picture's file goes along. */
export function bodyOf(image: ImageSource | undefined, fields: Fields): Pick<Outgoing, 'json' | 'form'> {
  if (image === undefined || typeof image === 'string')
    return { json: image === undefined ? fields : { ...fields, image } };
  const form = new FormData();
  form.append('image', fileOf(image), 'image');
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return { form };
}

/** The file of a picture. Bytes are copied where they lie in shared memory, which a Blob cannot take. */
export const fileOf = (image: Blob | Uint8Array): Blob =>
  image instanceof Blob
    ? image
    : new Blob([image.buffer instanceof ArrayBuffer ? toOwn(image, image.buffer) : image.slice()]);

const toOwn = ({ byteOffset, byteLength }: Uint8Array, buffer: ArrayBuffer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer, byteOffset, byteLength);
