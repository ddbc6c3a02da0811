import type { Capability } from '../../capabilities/capability.ts';
import type { Detection, DetectRequest } from '../../capabilities/detect/contract.ts';
import { unlessAborted } from '../../image/abort.ts';
import { clipBox, type Size } from '../../image/geometry.ts';
import type { ModelCalls } from './connection.ts';
import type { Settings } from './options.ts';
import { OutputReader } from './outputs.ts';
import { pictureBytes } from './picture-bytes.ts';

/** More boxes than any picture has things: a sign that the answer is garbage. */
const mostBoxes = 10_000;
/** Scores are the output of a sigmoid in 32 bits, or in 16 on the server. */
const rounding = 1e-3;

/** Things of any words, found by the owlv2 model. Its scores are handed on as they are. */
export function createDetect(
  calls: ModelCalls,
  model: string,
  settings: Settings,
): Capability<DetectRequest, readonly Detection[]> {
  return {
    model,
    able({ phrases }) {
      if (phrases.length > 0) return calls.able(model);
      return {
        code: 'capability-unavailable',
        hint: `The model ${model} finds what it is told to look for; name the things: phrases: ['a cup'].`,
      };
    },
    async run({ image, phrases, threshold = settings.threshold }, { signal, progress }) {
      const asked = [...new Set(phrases)];
      const picture = await unlessAborted(pictureBytes(image), signal);
      const inputs = { IMAGE: picture, PHRASES: asked, THRESHOLD: threshold };
      const outputs = await calls.infer(model, inputs, { signal, idempotent: true });
      progress?.(1);
      return readDetections(new OutputReader(model, outputs), asked, image);
    },
  };
}

/** Sorted by score, boxes clipped to the picture; those that lie outside it are left out. Throws `ResponseInvalidError`. */
export function readDetections(reader: OutputReader, phrases: readonly string[], size: Size): Detection[] {
  const scores = reader.elements('SCORES', 'FP32');
  const indices = reader.elements('PHRASE_INDEX', 'INT32');
  const count = scores.length;
  if (count > mostBoxes) throw reader.refuse(`${count} boxes`);
  const corners = reader.elements('BOXES', 'FP32', 4);
  if (indices.length !== count || corners.length !== 4 * count) {
    throw reader.refuse(`${corners.length / 4} BOXES, ${count} SCORES and ${indices.length} of PHRASE_INDEX`);
  }
  const detections: Detection[] = [];
  for (const [index, score] of scores.entries()) {
    if (!(score >= -rounding && score <= 1 + rounding)) throw reader.refuse(`a score of ${score}`);
    const phrase = phrases.at(indices[index]);
    if (phrase === undefined || indices[index] < 0) throw reader.refuse(`a PHRASE_INDEX of ${indices[index]}`);
    const [left, top, right, bottom] = corners.subarray(4 * index, 4 * index + 4);
    const box = { x: left, y: top, width: right - left, height: bottom - top };
    if (!(box.width >= 0 && box.height >= 0)) {
      throw reader.refuse(`the box (${left}, ${top}, ${right}, ${bottom}), which is not xyxy`);
    }
    const clipped = clipBox(box, size);
    if (clipped) detections.push({ label: phrase, score: Math.min(1, Math.max(0, score)), box: clipped, phrase });
  }
  return detections.sort((a, b) => b.score - a.score);
}
