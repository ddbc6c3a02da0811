import { boxOf, isRecord, listOf, numberOf, textOf } from './guards.ts';
import type { Shown, ShownEdit, Thing, WaitingJob } from './shown.ts';

/** What hosts hand over: a `CallToolResult`, unchecked. */
export type RawResult = Readonly<Record<string, unknown>>;

/** What a result shows, by what it holds: hosts do not always tell which tool was called. */
export function readResult(result: RawResult): Shown {
  const said = textsOf(result);
  if (result.isError === true) return { kind: 'text', text: withoutCode(said.join('\n')), isError: true };
  const output = outputOf(result, said[0]);
  return (output && readOutput(output)) ?? { kind: 'text', text: said.join('\n'), isError: false };
}

/** The last line of a failure is its code, which is for models. */
const withoutCode = (text: string): string => text.replace(/\n\([a-z-]+(?:, may pass: try again)?\)$/, '');

/** The structured content; hosts that drop it leave the same JSON in the first text. */
export function outputOf(result: RawResult, text = textsOf(result)[0]): RawResult | undefined {
  if (isRecord(result.structuredContent)) return result.structuredContent;
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const blocksOf = (result: RawResult): readonly RawResult[] =>
  listOf(result.content, (block) => (isRecord(block) ? block : undefined));

const textsOf = (result: RawResult): readonly string[] =>
  listOf(blocksOf(result), (block) => (isRecord(block) && block.type === 'text' ? textOf(block.text) : undefined));

/** The first picture of a result as a data URL. */
export function pictureOf(result: RawResult): string | undefined {
  const block = blocksOf(result).find(({ type }) => type === 'image');
  return block && dataUrl(block.data, block.mimeType);
}

/** Undefined for anything but base64 of a picture: it becomes the address of an image element. */
export function dataUrl(data: unknown, mediaType: unknown): string | undefined {
  const isPicture = typeof mediaType === 'string' && /^image\/(?:png|jpeg|webp|gif|avif)$/.test(mediaType);
  const isBase64 = typeof data === 'string' && /^[A-Za-z0-9+/_-]+={0,2}$/.test(data);
  return isPicture && isBase64 ? `data:${mediaType};base64,${data}` : undefined;
}

function readOutput(output: RawResult): Shown | undefined {
  const id = textOf(output.job);
  const question = textOf(output.question);
  const job = id === undefined || question === undefined ? undefined : { job: id, question };
  if (output.needs === 'choice') return readChoice(output, job);
  if (output.needs === 'approval') {
    const message = textOf(output.message) ?? '';
    return { kind: 'approval', message, approval: textOf(output.approval), job };
  }
  if (Array.isArray(output.detections)) return { kind: 'detections', things: thingsOf(output.detections) };
  return (id === undefined ? undefined : readJob(output, id)) ?? readPicture(output);
}

/** Jobs that have not led to a picture. */
function readJob(output: RawResult, job: string): Shown | undefined {
  const { state, image, answer, error } = output;
  if (state === 'running' || state === 'queued')
    return { kind: 'working', job, message: textOf(output.message), progress: numberOf(output.progress) };
  if (state === 'failed' && isRecord(error)) {
    const words = [textOf(error.message), textOf(error.hint)].filter((text) => text !== undefined);
    return { kind: 'text', text: words.join('\n'), isError: true };
  }
  return image === undefined && typeof answer === 'string' ? { kind: 'text', text: answer, isError: false } : undefined;
}

function readPicture(output: RawResult): Shown | undefined {
  const [image, mask] = [textOf(output.image), textOf(output.mask)];
  if (image === undefined) {
    if (mask === undefined) return undefined;
    const [area, box] = [numberOf(output.area), boxOf(output.box)];
    return { kind: 'cut-out', mask, area, box, things: thingsOf(output.things) };
  }
  if (textOf(output.undone) !== undefined) {
    const stopped = isRecord(output.stopped) ? (textOf(output.stopped.message) ?? '') : undefined;
    return { kind: 'undone', image, replayed: listOf(output.replayed, textOf).length, stopped };
  }
  const edit = readEdit(output);
  const edits = edit ? [edit] : listOf(output.edits, readEdit);
  if (edits.length === 0 && !Array.isArray(output.edits)) return undefined;
  return { kind: 'edits', image, edits, answer: textOf(output.answer), notDone: listOf(output.notDone, textOf) };
}

function readChoice(output: RawResult, job: WaitingJob | undefined): Shown | undefined {
  const things = thingsOf(output.candidates);
  const reason = output.reason === 'no-match' ? 'no-match' : 'ambiguous';
  return things.length === 0 ? undefined : { kind: 'choice', reason, phrase: textOf(output.phrase) ?? '', things, job };
}

function readEdit(value: unknown): ShownEdit | undefined {
  if (!isRecord(value)) return undefined;
  const id = textOf(value.edit);
  if (id === undefined) return undefined;
  const verified = isRecord(value.verified)
    ? { ok: value.verified.ok === true, reason: textOf(value.verified.reason) ?? '' }
    : undefined;
  return {
    id,
    mask: textOf(value.mask),
    tool: textOf(value.tool),
    label: textOf(value.label),
    changedOutside: numberOf(value.changedOutsideMask),
    verified,
  };
}

function thingsOf(value: unknown): readonly Thing[] {
  let position = 0;
  return listOf(value, (entry) => {
    position++;
    const box = isRecord(entry) ? boxOf(entry.box) : undefined;
    if (!isRecord(entry) || !box) return undefined;
    const number = numberOf(entry.number) ?? position;
    return { number, label: textOf(entry.label) ?? '', score: numberOf(entry.score) ?? 0, box };
  });
}
