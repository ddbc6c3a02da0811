import type { z } from 'zod';
import type { askAnswer, detectAnswer, editAnswer, generateAnswer, segmentAnswer } from '../vision/answer-schemas.ts';
import type {
  adjustRequest,
  askRequest,
  detectRequest,
  generateRequest,
  inpaintRequest,
  removeRequest,
  segmentRequest,
} from '../vision/request-schemas.ts';
import type { Connection } from './connection.ts';
import { bodyOf, type ImageSource } from './image-source.ts';
import type { CallOptions } from './job-handle.ts';

/** A request as the server's schema takes it, with the picture in any form that this client can send. */
type On<Schema extends z.ZodType> = Omit<z.input<Schema>, 'image'> & { readonly image: ImageSource };

/** The capabilities as typed calls, without an agent. A call that is aborted stops the work. */
export interface VisionClient {
  /** Everything that matches, highest score first. */
  detect(request: On<typeof detectRequest>, options?: CallOptions): Promise<z.infer<typeof detectAnswer>>;
  /** The exact pixels of a thing. Throws `choice-needed` with the candidates where a phrase fits several. */
  segment(request: On<typeof segmentRequest>, options?: CallOptions): Promise<z.infer<typeof segmentAnswer>>;
  /** Answers a question about the picture. */
  ask(request: On<typeof askRequest>, options?: CallOptions): Promise<z.infer<typeof askAnswer>>;
  /** Takes a thing away and fills in what could be behind it. */
  remove(request: On<typeof removeRequest>, options?: CallOptions): Promise<z.infer<typeof editAnswer>>;
  /** Repaints a thing from words. */
  inpaint(request: On<typeof inpaintRequest>, options?: CallOptions): Promise<z.infer<typeof editAnswer>>;
  /** Changes how a thing, everything else, or the whole picture looks. */
  adjust(request: On<typeof adjustRequest>, options?: CallOptions): Promise<z.infer<typeof editAnswer>>;
  /** Paints a new picture from words. */
  generate(request: z.input<typeof generateRequest>, options?: CallOptions): Promise<z.infer<typeof generateAnswer>>;
}

export function visionClient(connection: Connection): VisionClient {
  // Work that was begun is not begun again unasked where the connection breaks: it may take minutes.
  const call =
    (name: keyof VisionClient) =>
    <Answer>(request: object & { readonly image?: ImageSource }, { signal }: CallOptions = {}): Promise<Answer> => {
      const { image, ...fields } = request;
      return connection.json(`/vision/${name}`, { method: 'POST', ...bodyOf(image, fields), signal });
    };
  return {
    detect: call('detect'),
    segment: call('segment'),
    ask: call('ask'),
    remove: call('remove'),
    inpaint: call('inpaint'),
    adjust: call('adjust'),
    generate: call('generate'),
  };
}
