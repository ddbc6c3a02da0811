import type { Library } from '../assets/library.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { orCancelled } from '../image/abort.ts';
import { decodeImage } from '../image/decode.ts';
import { Image } from '../image/image.ts';
import { type ImageInput, isImageId, type ReadPolicy, readImageBytes } from '../image/image-input.ts';
import { Mask } from '../image/mask.ts';
import type { RleMask } from '../image/rle.ts';
import { type AdjustOptions, adjust } from './adjust/adjust.ts';
import { regionFor } from './adjust/region-for.ts';
import { type Answer, type AskOptions, ask } from './ask/ask.ts';
import type { Backend, CapabilityName } from './capability.ts';
import type { Detection } from './detect/contract.ts';
import { type DetectOptions, detect } from './detect/detect.ts';
import { DetectionCache } from './detect/detection-cache.ts';
import { type GenerateOptions, generate } from './generate/generate.ts';
import { type InpaintOptions, inpaint } from './inpaint/inpaint.ts';
import type { Protection } from './protect/protection.ts';
import { type RemoveOptions, remove } from './remove/remove.ts';
import { type Segmented, segmentTarget } from './segment/segment.ts';
import type { Edit } from './shared/edit.ts';
import type { ChoiceNeeded, Target } from './target/target.ts';
import { type CallOptions, rising, type VisionContext } from './vision-context.ts';

/** A target as a caller writes it: a mask may also come in its JSON form. */
export interface TargetInput extends Omit<Target, 'mask'> {
  readonly mask?: Mask | RleMask | undefined;
}

type OnTarget<Options> = Omit<Options, 'mask' | 'things' | 'protection'> & TargetInput & Protecting;

interface Protecting {
  /** What the edit must leave alone, pixel for pixel: a mask of the picture's size. Default: nothing. */
  readonly protect?: Mask | RleMask | undefined;
}

/** Which backend and model serve each capability; an empty list means nobody can. */
export type Capabilities = Readonly<
  Record<CapabilityName, readonly { readonly backend: string; readonly model: string }[]>
>;

/**
 * The capabilities as typed calls, without an agent. Pictures are `ImageInput`s: bytes, Blob, file path, image id, Image.
 * Pictures and masks that are made here are kept under their ids. A call whose signal fires rejects with `cancelled`.
 */
export interface Vision {
  /** Everything that matches, highest score first. Places and sizes in phrases are resolved: "the cat on the left". */
  detect(image: ImageInput, options?: DetectOptions): Promise<Detection[]>;
  /** The exact pixels of a thing. Throws `choice-needed` with the candidates where a phrase fits several. */
  segment(image: ImageInput, target: TargetInput & CallOptions): Promise<Mask>;
  /** Takes a thing away and fills in what could be behind it. */
  remove(image: ImageInput, options: OnTarget<RemoveOptions>): Promise<Edit>;
  /** Repaints a thing from words. */
  inpaint(image: ImageInput, options: OnTarget<InpaintOptions>): Promise<Edit>;
  /** Changes how a thing, everything else, or the whole picture looks. */
  adjust(image: ImageInput, options: OnTarget<AdjustOptions>): Promise<Edit>;
  /** Paints a new picture from words. */
  generate(options: GenerateOptions): Promise<Image>;
  /** Answers a question about the picture. */
  ask(image: ImageInput, question: string | AskOptions): Promise<Answer>;
  /** Decodes a picture: upright, sRGB. Takes the ids in receipts too: `load(edit.receipt.after)`. */
  load(image: ImageInput, options?: { readonly signal?: AbortSignal | undefined }): Promise<Image>;
  capabilities(): Capabilities;
}

export const createVisionContext = (backends: readonly Backend[]): VisionContext => ({
  backends,
  detections: new DetectionCache(),
});

/** Binds the capabilities to backends, to a library for image ids, and to a policy for what may be read. */
export function createVision(context: VisionContext, library: Library, policy: ReadPolicy = {}): Vision {
  const load = (input: ImageInput, signal?: AbortSignal) =>
    loadImage(input, library, signal ? { ...policy, signal } : policy);
  const cutOut = async (image: Image, target: TargetInput, options: CallOptions): Promise<Segmented> => {
    const cut = await segmentTarget(context, image, { ...target, mask: toMask(target.mask) }, options);
    if (cut.needs) throw choiceNeeded(cut);
    return cut;
  };
  const keep = async (edit: Edit): Promise<Edit> => {
    await library.putImage(edit.image);
    await library.putMask(edit.mask);
    return edit;
  };
  return {
    load: (input, { signal } = {}) => load(input, signal),
    detect: (input, options = {}) =>
      forCaller(options, async (options) => detect(context, await load(input, options.signal), options)),
    segment: (input, target) =>
      forCaller(target, async (target) => {
        const { mask } = await cutOut(await load(input, target.signal), target, callOptions(target));
        await library.putMask(mask);
        return mask;
      }),
    remove: (input, options) =>
      forCaller(options, async (options) => {
        const image = await load(input, options.signal);
        const { mask, detections } = await cutOut(image, options, { signal: options.signal });
        const { seed } = options;
        const protection = toProtection(options.protect);
        return keep(
          await remove(context, image, { ...callOptions(options), seed, mask, things: detections, protection }),
        );
      }),
    inpaint: (input, options) =>
      forCaller(options, async (options) => {
        const image = await load(input, options.signal);
        const { mask } = await cutOut(image, options, { signal: options.signal });
        const { phrase: _phrase, box: _box, points: _points, choice: _choice, protect, ...rest } = options;
        return keep(await inpaint(context, image, { ...rest, mask, protection: toProtection(protect) }));
      }),
    adjust: (input, options) =>
      forCaller(options, async (options) => {
        const image = await load(input, options.signal);
        const { operation, parameters } = options;
        const region = regionFor(operation, options.region);
        const protection = toProtection(options.protect);
        const rest = { ...callOptions(options), operation, parameters, region, protection };
        if (region === 'everything') return keep(await adjust(context, image, rest));
        const { mask, detections } = await cutOut(image, options, { signal: options.signal });
        return keep(await adjust(context, image, { ...rest, mask, things: detections }));
      }),
    generate: (options) =>
      forCaller(options, async (options) => {
        const image = await generate(context, options);
        await library.putImage(image);
        return image;
      }),
    ask: (input, question) =>
      forCaller(typeof question === 'string' ? { question } : question, async (options) =>
        ask(context, await load(input, options.signal), options),
      ),
    capabilities: () => listCapabilities(context.backends),
  };
}

/** What every call promises: `cancelled` once the signal fires, and progress that never falls. */
const forCaller = <Options extends CallOptions, Value>(
  options: Options,
  work: (options: Options) => Promise<Value>,
): Promise<Value> => orCancelled(options.signal, () => work({ ...options, progress: rising(options.progress) }));

const callOptions = ({ signal, progress, onVerify }: CallOptions): CallOptions => ({ signal, progress, onVerify });

const toMask = (mask: Mask | RleMask | undefined): Mask | undefined =>
  mask === undefined || mask instanceof Mask ? mask : Mask.fromRle(mask);

const toProtection = (protect: Mask | RleMask | undefined): Protection | undefined => {
  const mask = toMask(protect);
  return mask && { mask, rules: [{ kind: 'mask', found: 1 }] };
};

/** Reads and decodes any `ImageInput`, within the policy's limits. Rejects with `cancelled` once the policy's signal fires. */
export function loadImage(input: ImageInput, library: Library, policy: ReadPolicy): Promise<Image> {
  const { maxPixels, maxBytes, signal } = policy;
  return orCancelled(signal, async () => {
    if (input instanceof Image) return input;
    if (typeof input === 'string' && isImageId(input)) return library.getImage(input, signal);
    return decodeImage(await readImageBytes(input, policy), { maxPixels, maxBytes, signal });
  });
}

/** A question that nobody was asked, as an error with the candidates. */
export function choiceNeeded(choice: Pick<ChoiceNeeded, 'reason' | 'phrase' | 'candidates'>): AtelierError {
  const seen = choice.candidates.map(({ number, label, score }) => `${number}: ${label}, ${Math.round(score * 100)} %`);
  const what =
    choice.reason === 'ambiguous'
      ? `"${choice.phrase}" fits ${choice.candidates.length} things in the picture`
      : `Nothing in the picture matches "${choice.phrase}"; this was seen instead`;
  return new AtelierError({
    code: choice.reason === 'ambiguous' ? 'choice-needed' : 'no-match',
    message: `${what} (${seen.join('; ')}).`,
    hint: 'Say which one: by its number as the choice, or by its place ("the left one").',
    details: { reason: choice.reason, phrase: choice.phrase, candidates: choice.candidates },
  });
}

function listCapabilities(backends: readonly Backend[]): Capabilities {
  const serving = (name: CapabilityName) =>
    backends.flatMap((backend) => {
      const capability = backend.capabilities[name];
      return capability ? [{ backend: backend.name, model: capability.model }] : [];
    });
  return {
    ask: serving('ask'),
    detect: serving('detect'),
    segment: serving('segment'),
    remove: serving('remove'),
    inpaint: serving('inpaint'),
    generate: serving('generate'),
    adjust: serving('adjust'),
  };
}
