import type { Capability } from '../../capabilities/capability.ts';
import type { SegmentRequest, SegmentResponse } from '../../capabilities/segment/contract.ts';
import { unlessAborted } from '../../image/abort.ts';
import { ImageNotCachedError } from '../errors.ts';
import type { InputValue } from '../models/model-types.ts';
import type { ModelCalls } from './connection.ts';
import { decodeMaskPng } from './mask-png.ts';
import { OutputReader, type Outputs } from './outputs.ts';
import { pictureBytes, pictureKey } from './picture-bytes.ts';
import { RecentKeys } from './recent-keys.ts';

const nothing = new Uint8Array();

/**
 * Outlines from points and boxes, by the sam model. A picture is sent once and then named by its key, for as long as the
 * server keeps it; with several servers all calls about one picture go to the same one while it is healthy.
 */
export function createSegment(calls: ModelCalls, model: string): Capability<SegmentRequest, SegmentResponse> {
  const sent = new RecentKeys(1_000);
  return {
    model,
    able: () => calls.able(model),
    async run({ image, box, points = [] }, { signal, progress }) {
      const [picture, key] = await unlessAborted(Promise.all([pictureBytes(image), pictureKey(image)]), signal);
      const prompt = promptInputs(box, points);
      const infer = (bytes: Uint8Array): Promise<Outputs> =>
        calls.infer(model, { IMAGE: bytes, IMAGE_KEY: key, ...prompt }, { signal, idempotent: true, routeKey: key });
      const outputs = await inferByKey(key, picture, sent, infer);
      progress?.(1);
      const reader = new OutputReader(model, outputs);
      return { mask: await decodeMaskPng(reader, image, signal), score: readScore(reader) };
    },
  };
}

/** Without the bytes where the server had them before, and with them, once, where it does not have them any more. */
export async function inferByKey(
  key: string,
  picture: Uint8Array,
  sent: RecentKeys,
  infer: (bytes: Uint8Array) => Promise<Outputs>,
): Promise<Outputs> {
  if (sent.has(key)) {
    try {
      return await infer(nothing);
    } catch (error) {
      if (!(error instanceof ImageNotCachedError)) throw error;
      sent.delete(key);
    }
  }
  const outputs = await infer(picture);
  sent.add(key);
  return outputs;
}

/**
 * A box alone is a row of BOXES; points are one prompt, with the box's corners among them as SAM's labels 2 and 3.
 * What there is none of is sent without elements: the server joins only requests that have the same inputs into a batch.
 */
export function promptInputs(
  box: SegmentRequest['box'],
  points: NonNullable<SegmentRequest['points']>,
): Record<string, InputValue> {
  const corners = box ? [box.x, box.y, box.x + box.width, box.y + box.height] : [];
  const isBoxAlone = points.length === 0;
  const labels = isBoxAlone ? [] : [...points.map(({ positive }) => (positive ? 1 : 0)), ...(box ? [2, 3] : [])];
  return {
    POINTS: Float32Array.from(isBoxAlone ? [] : [...points.flatMap(({ x, y }) => [x, y]), ...corners]),
    POINT_LABELS: Int32Array.from(labels),
    POINT_PROMPT: new Int32Array(labels.length),
    BOXES: Float32Array.from(isBoxAlone ? corners : []),
  };
}

/** SAM estimates the overlap by a regression, which may end slightly beyond 0..1: that is clipped, what lies far out is refused. */
export function readScore(reader: OutputReader): number {
  const scores = reader.elements('SCORES', 'FP32');
  const [score] = scores;
  if (scores.length !== 1) throw reader.refuse(`${scores.length} SCORES for one prompt`);
  if (!(score >= -0.5 && score <= 1.5)) throw reader.refuse(`a score of ${score}`);
  return Math.min(1, Math.max(0, score));
}
