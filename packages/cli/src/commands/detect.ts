import type { Detection } from '@atelier/sdk';
import { drawOverlay } from '@atelier/sdk/image';
import { backendOptions, backendsNamed, chooseBackends } from '../backends.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkOutput, writePicture } from '../files/output-file.ts';
import { readPhoto } from '../files/photo.ts';
import { formatOf } from '../files/picture-format.ts';
import { withStudio } from '../studio/open-studio.ts';
import { candidateColumns, candidateRow } from '../terminal/candidate-table.ts';
import { printable } from '../terminal/printable.ts';
import { renderTable } from '../terminal/table.ts';
import { UsageError } from '../usage-error.ts';
import { readThreshold } from '../values.ts';
import type { Command, CommandContext, Finished } from './command.ts';
import { sizeOf } from './size-of.ts';

export const detect: Command = {
  name: 'detect',
  summary: 'Find things in a picture',
  usage: 'PHOTO [PHRASE...] [-o OVERLAY]',
  about: [
    'Prints a table of what was found, best score first; without a phrase, everything that can be recognised. With several phrases each row says which one it answers, and a line below the table says what was not found. Places and sizes in phrases count: "the cup on the left", "the biggest dog".',
    'No file is written, unless -o names one for the picture with the things numbered.',
  ],
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'Where to write the numbered picture: .png, .webp or .jpg' },
    { name: 'threshold', value: '0..1', help: "Smallest score to report (default: the backend's own)" },
    ...backendOptions,
  ],
  examples: [
    { line: 'atelier detect coffee.png', does: 'everything' },
    { line: 'atelier detect cups.png "the cup on the left" -o seen.png', does: 'one thing, with a picture' },
    { line: 'atelier detect cups.png cup spoon --threshold 0.5 --json', does: 'two kinds of things, as JSON' },
  ],
  requestOf: (args) => args.positionals.slice(1).join(' '),
  blank: (args) => ({
    command: 'detect',
    status: 'failure',
    image: null,
    detections: [],
    notFound: [],
    overlay: null,
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress } = context;
  const [path, ...named] = args.positionals;
  const phrases = [...new Set(named.map((phrase) => phrase.trim()))];
  if (path === undefined) throw new UsageError('no photo was given', 'atelier detect PHOTO "the cup"');
  if (phrases.includes('')) throw new UsageError('a phrase is empty', 'name a thing: "the cup"');
  const [file, written] = [args.get('output'), args.get('threshold')];
  const threshold = written === undefined ? undefined : readThreshold(written);
  if (file !== undefined) formatOf(file);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const photo = await readPhoto(path, io.signal);
  const overlay = file === undefined ? undefined : await checkOutput(file, photo);
  const found = await withStudio(context, { backends, doing: words.detecting }, (studio) =>
    studio.vision.detect(photo.image, { phrases, threshold, signal: io.signal }),
  );
  if (overlay) {
    const data = await drawOverlay(photo.image, found, { signal: io.signal });
    await writePicture(overlay, { ...sizeOf(photo.image), data });
  }
  const missing = phrases.filter((wanted) => !found.some(({ phrase }) => phrase === wanted));
  const shown = overlay ? [words.numbered(printable(overlay.shown))] : [];
  return {
    exitCode: exitCodes.done,
    output: {
      command: 'detect',
      status: 'success',
      image: sizeOf(photo.image),
      detections: found.map(({ label, score, phrase, box }) => ({ label, score, phrase, box: { ...box } })),
      notFound: missing,
      overlay: overlay?.path ?? null,
      backends: [...backends.names],
      durationMs: context.elapsed(),
    },
    text: [detectionText(context, found, phrases, missing), ...shown].join('\n\n'),
  };
}

/** The table, and what is not in it. Whoever named several things is told which row answers which. */
function detectionText(
  { words, io, style }: CommandContext,
  found: readonly Detection[],
  phrases: readonly string[],
  missing: readonly string[],
): string {
  const isSeveral = phrases.length > 1;
  const notFound = isSeveral && missing.length > 0 ? [words.notFound(missing.map(printable))] : [];
  if (found.length === 0) return notFound[0] ?? words.nothingFound;
  const [number, ...others] = candidateColumns(words);
  const columns = isSeveral ? [number, { title: words.phrase, flexible: true }, ...others] : [number, ...others];
  const rows = found.map((detection, index) => {
    const [first, ...rest] = candidateRow({ ...detection, number: index + 1 });
    return isSeveral ? [first, printable(detection.phrase), ...rest] : [first, ...rest];
  });
  const width = io.isTty.stdout ? io.stdout.columns : undefined;
  return [renderTable(columns, rows, { width, paintTitle: (title) => style('dim', title) }), ...notFound].join('\n\n');
}
