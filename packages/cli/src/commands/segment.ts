import type { Mask, Studio } from '@atelier/sdk';
import { drawOverlay } from '@atelier/sdk/image';
import { backendOptions, backendsNamed, chooseBackends } from '../backends.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Photo, readPhoto } from '../files/photo.ts';
import { Chooser } from '../studio/chooser.ts';
import { withStudio } from '../studio/open-studio.ts';
import { questionOf } from '../studio/question-of.ts';
import { withOverlay } from '../studio/with-overlay.ts';
import type { Command, CommandContext, Finished } from './command.ts';
import { checkSegmentFiles, writeSegmentFiles } from './segment-files.ts';
import { readSegmentRequest, type SegmentTarget } from './segment-request.ts';
import { segmentText } from './segment-text.ts';
import { sizeOf } from './size-of.ts';

export const segment: Command = {
  name: 'segment',
  summary: 'Cut a thing out of a picture',
  usage: 'PHOTO "PHRASE" [-o OUT]',
  about: [
    'Finds the exact pixels of a thing named by a phrase, or shown by a box or points, and writes them as a picture with transparency, of the same size as the photo: PHOTO-cutout.png in the current folder, or OUT.',
    'With --mask or --overlay and no -o, only those files are written.',
  ],
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'Where to write the cut-out: .png or .webp' },
    { name: 'mask', value: 'FILE', help: 'Where to write the mask: white on black' },
    {
      name: 'overlay',
      value: 'FILE',
      help: 'Where to write the photo with the thing tinted and outlined; if "which one?" is asked, with the candidates numbered',
    },
    { name: 'box', value: 'X,Y,W,H', help: 'The thing lies in this box: left, top, width, height in pixels' },
    { name: 'point', value: 'X,Y', multiple: true, help: 'This pixel is on the thing; may be repeated' },
    { name: 'not-point', value: 'X,Y', multiple: true, help: 'This pixel is not; may be repeated' },
    { name: 'choice', value: 'N', help: 'Answers "which one?" with a candidate\'s number' },
    ...backendOptions,
  ],
  examples: [
    { line: 'atelier segment coffee.png "the cup"', does: 'writes coffee-cutout.png' },
    { line: 'atelier segment coffee.png --box 165,21,245,238 --mask mask.png', does: 'from a box, the mask only' },
    { line: 'atelier segment cups.png "the cup" --choice 1 --json', does: 'picks by number, as JSON' },
  ],
  requestOf: (args) => args.positionals.slice(1).join(' '),
  blank: (args) => ({
    command: 'segment',
    status: 'failure',
    image: null,
    mask: null,
    area: null,
    box: null,
    output: null,
    output_image_url: null,
    overlay: null,
    maskFile: null,
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress } = context;
  const request = readSegmentRequest(args);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const photo = await readPhoto(request.path, io.signal);
  const files = await checkSegmentFiles(request.files, photo);
  const chooser = new Chooser(context, {
    choices: request.choices,
    overlay: files.overlay,
    temporaryOverlay: files.temporaryOverlay,
  });
  const mask = await withStudio(context, { backends, doing: words.segmenting }, (studio) =>
    cutOut(context, studio, photo, request.target, chooser),
  );
  io.signal.throwIfAborted();
  await writeSegmentFiles(files, photo.image, mask, request.label);
  const { size, counts } = mask.toRle();
  return {
    exitCode: exitCodes.done,
    output: {
      command: 'segment',
      status: 'success',
      image: sizeOf(photo.image),
      mask: { size: [size[0], size[1]], counts },
      area: mask.area,
      box: mask.bounds ?? null,
      output: files.output?.path ?? null,
      output_image_url: files.output?.url ?? null,
      overlay: files.overlay?.path ?? null,
      maskFile: files.mask?.path ?? null,
      backends: [...backends.names],
      durationMs: context.elapsed(),
    },
    text: segmentText(context, mask, files),
    notes: chooser.hasUnusedChoice ? [words.choiceUnused] : [],
  };
}

/** Cuts the thing out; where the words fit several, asks once which one. */
async function cutOut(
  { io, progress, words }: CommandContext,
  studio: Studio,
  { image }: Photo,
  target: SegmentTarget,
  chooser: Chooser,
): Promise<Mask> {
  const { signal } = io;
  try {
    return await studio.vision.segment(image, { ...target, signal });
  } catch (error) {
    const question = questionOf(error);
    if (!question) throw error;
    const overlay = async () => ({ ...sizeOf(image), data: await drawOverlay(image, question.candidates, { signal }) });
    const choice = await chooser.answer({ ...question, overlay });
    if (choice === undefined) throw withOverlay(error, chooser.overlayWritten);
    progress.update(words.segmenting);
    return studio.vision.segment(image, { ...target, choice, signal });
  }
}
