import { historyUri, imageUri, maskUri, previewUri } from '../../../resources/uris.ts';
import type { Host } from '../host/host.ts';
import { readRle, type SampledMask, sampleMask } from '../mask/sample-mask.ts';
import { type LoadedPicture, loadPicture } from '../parts/picture.ts';
import { callFactsKey } from '../result/call-facts-key.ts';
import { isRecord, listOf, numberOf, textOf } from '../result/guards.ts';
import { outputOf, type RawResult } from '../result/read-result.ts';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is known about the call that a result came from. */
export interface KnownCall {
  readonly tool: string | undefined;
  readonly input: RawResult;
  /** Id of the picture it was made on. */
  readonly image: string | undefined;
  /** Of that picture. */
  readonly size: Size | undefined;
  readonly session: string | undefined;
}

/** From what the server adds to its results; from the call itself where it adds nothing. */
export function knownCall(result: RawResult, input: RawResult, tool: string | undefined): KnownCall {
  const facts = isRecord(result._meta) && isRecord(result._meta[callFactsKey]) ? result._meta[callFactsKey] : {};
  const picture = isRecord(facts.image) ? facts.image : {};
  const [width, height] = [numberOf(picture.width), numberOf(picture.height)];
  return {
    tool: textOf(facts.tool) ?? tool,
    input,
    image: textOf(picture.id) ?? idIn(textOf(input.image)),
    size: width !== undefined && height !== undefined ? { width, height } : undefined,
    session: textOf(facts.session) ?? textOf(outputOf(result)?.session) ?? textOf(input.session),
  };
}

/** As the tools read it: an id by itself, or in an address of the server; a path may look like one. */
const idIn = (reference = ''): string | undefined =>
  /^(?:atelier:\/\/images\/)?(img_[0-9a-f]{32})(?:\/preview)?$/.exec(reference.trim())?.[1];

/** Pictures and masks, read through the host once each. */
export class Sources {
  readonly #host: Host;
  readonly #pictures = new Map<string, Promise<LoadedPicture | undefined>>();
  readonly #masks = new Map<string, Promise<unknown>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** The preview of a picture; `instead` where it cannot be read. */
  async picture(id: string | undefined, instead?: string): Promise<LoadedPicture | undefined> {
    const found = id === undefined ? undefined : await this.#load(previewUri(id));
    return found ?? loadPicture(instead);
  }

  #load(uri: string): Promise<LoadedPicture | undefined> {
    const known = this.#pictures.get(uri) ?? this.#host.readPicture(uri).then(loadPicture);
    this.#pictures.set(uri, known);
    return known;
  }

  /** A picture's own size, which boxes are in. Where nobody says it, its whole file does; undefined where that cannot be read. */
  async size({ size, image }: KnownCall, id: string | undefined): Promise<Size | undefined> {
    if (size && (id === image || id === undefined)) return size;
    return id === undefined ? undefined : this.#load(imageUri(id));
  }

  /** Id of the picture that a session's work is at. */
  async current(session: string | undefined): Promise<string | undefined> {
    const history = session === undefined ? undefined : await this.#host.readJson(historyUri(session));
    return isRecord(history) ? textOf(history.image) : undefined;
  }

  /** A mask as COCO's run lengths; undefined where it cannot be read. */
  async mask(id: string | undefined): Promise<unknown> {
    if (id === undefined) return undefined;
    const known = this.#masks.get(id) ?? this.#host.readJson(maskUri(id));
    this.#masks.set(id, known);
    return known;
  }

  /** A mask at the size of a picture; undefined where it is none, or one of a picture of another shape. */
  async maskFor(id: string | undefined, { width, height }: LoadedPicture): Promise<SampledMask | undefined> {
    const rle = readRle(await this.mask(id));
    if (!rle || !isSameShape({ width: rle.size[1], height: rle.size[0] }, { width, height })) return undefined;
    return sampleMask(rle, width, height);
  }

  /** Id of the picture that an edit was made on. */
  async before({ image, session }: KnownCall, edit: string | undefined): Promise<string | undefined> {
    if (image !== undefined || session === undefined) return image;
    const history = await this.#host.readJson(historyUri(session));
    const edits = isRecord(history) ? listOf(history.edits, (entry) => (isRecord(entry) ? entry : undefined)) : [];
    return textOf(edits.find(({ id }) => id === edit)?.before);
  }
}

/** Whether two pictures can lie one over the other. Previews round their sides to whole pixels. */
export const isSameShape = (a: Size, b: Size): boolean =>
  Math.abs((a.width * b.height) / (a.height * b.width) - 1) < 0.02;
