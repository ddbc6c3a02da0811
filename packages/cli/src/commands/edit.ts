import { dirname } from 'node:path';
import type { Question, RunResult, Session, Studio } from '@atelier/sdk';
import { backendOptions, backendsNamed, chooseBackends } from '../backends.ts';
import { chooseBrain } from '../brain.ts';
import { exitCodes } from '../exit-codes.ts';
import { checkOutput, freeName } from '../files/output-file.ts';
import { readPhoto } from '../files/photo.ts';
import { checkRoot } from '../files/root.ts';
import type { EditOutput } from '../json-output.ts';
import { Chooser } from '../studio/chooser.ts';
import { followRun } from '../studio/follow-run.ts';
import { withStudio } from '../studio/open-studio.ts';
import { withOverlay } from '../studio/with-overlay.ts';
import { UsageError } from '../usage-error.ts';
import type { Command, CommandContext, Finished } from './command.ts';
import { readEditRequest } from './edit-request.ts';
import { editText } from './edit-text.ts';
import { refuseTransparency } from './transparency.ts';
import { writeEdit } from './write-edit.ts';

export const edit: Command = {
  name: 'edit',
  summary: 'Change a picture by saying what to do',
  usage: 'PHOTO "REQUEST" [-o OUT]',
  about: [
    'Finds what the request is about, cuts it out, changes only that, and looks again. Nothing outside the edited area changes.',
    'Without -o the result is PHOTO-edited.png in the current folder; an existing file gets a number instead (-2, -3, ...). The photo itself is never overwritten.',
    'A request that changes nothing (a question) prints its answer and writes no file; nor is one written where no pixel changed, unless -o names it.',
  ],
  options: [
    { name: 'output', short: 'o', value: 'FILE', help: 'Where to write: .png, .webp (both lossless) or .jpg' },
    {
      name: 'choice',
      value: 'N',
      multiple: true,
      help: 'Answers "which one?" with a candidate\'s number; once for each question',
    },
    {
      name: 'overlay',
      value: 'FILE',
      help: 'Where to write the picture with the candidates numbered, if that is asked',
    },
    {
      name: 'root',
      value: 'FOLDER',
      multiple: true,
      help: 'Folder whose pictures a request may open ("open FOLDER/b.png and ..."); may be repeated',
    },
    { name: 'brain', value: 'NAME', help: 'Who plans: planner, built in and offline (default; or ATELIER_BRAIN)' },
    ...backendOptions,
  ],
  examples: [
    { line: 'atelier edit coffee.png "remove the cup"', does: 'writes coffee-edited.png' },
    { line: 'atelier edit cups.png "make the left cup blue" -o blue.png', does: 'picks by place' },
    { line: 'atelier edit cups.png "remove the cup" --choice 2', does: 'picks by number' },
    { line: 'atelier edit coffee.png "컵을 지워 줘" --json', does: 'answers in Korean, as JSON' },
    {
      line: 'atelier edit a.png "turn the ball into a cube" --backend triton --url http://gpu:8000',
      does: 'paints on a server',
    },
  ],
  requestOf: (args) => args.positionals.slice(1).join(' '),
  blank: (args) => ({
    command: 'edit',
    status: 'failure',
    answer: null,
    output: null,
    output_image_url: null,
    image: null,
    flattened: false,
    edits: [],
    verified: false,
    brain: 'planner',
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress } = context;
  const { path, request, ...wanted } = readEditRequest(args);
  const brain = chooseBrain(args.get('brain'), io.env);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const photo = await readPhoto(path, io.signal);
  for (const root of wanted.roots) await checkRoot(root);
  const output = await checkOutput(wanted.output ?? (await freeName(photo.name, 'edited')), photo);
  const overlay = wanted.overlay === undefined ? undefined : await checkOutput(wanted.overlay, photo);
  if (overlay?.path === output.path) throw new UsageError('--overlay and --output name the same file');
  const chooser = new Chooser(context, {
    choices: wanted.choices,
    overlay,
    temporaryOverlay: async () => checkOutput(await freeName(photo.name, 'which', dirname(output.shown)), photo),
  });
  const work = async (studio: Studio): Promise<Finished> => {
    await refuseTransparency(output, request);
    const session = studio.session({ image: photo.image });
    const result = await runRequest(context, session, request, chooser);
    const written = await writeEdit(context, result, session, { file: output, named: wanted.output !== undefined });
    const finished: EditOutput = { ...written, brain, backends: [...backends.names], durationMs: context.elapsed() };
    return {
      exitCode: written.verified ? exitCodes.done : exitCodes.notVerified,
      output: finished,
      text: editText(context, finished, output),
      notes: chooser.hasUnusedChoice ? [words.choiceUnused] : [],
    };
  };
  // The photo is given by its pixels: folders limit only what the request may open.
  const roots = wanted.roots.length > 0 ? wanted.roots : undefined;
  return withStudio(context, { backends, brain, doing: words.planning, roots }, work);
}

/** Runs the request to its end. A question that the person waves away, or that cannot be shown, stops the run with that reason. */
async function runRequest(
  context: CommandContext,
  session: Session,
  request: string,
  chooser: Chooser,
): Promise<RunResult> {
  const stop = new AbortController();
  const answer = async (asked: Question) => {
    if (asked.kind !== 'choice') return undefined;
    const { overlay, reason, phrase, candidates } = asked;
    try {
      const question = { reason, phrase, candidates, overlay: () => session.loadImage(overlay) };
      const choice = await chooser.answer(question);
      return choice === undefined ? undefined : { choice };
    } catch (error) {
      stop.abort(error);
      return undefined;
    }
  };
  const signal = AbortSignal.any([context.io.signal, stop.signal]);
  const run = session.run(request, { signal, language: context.language, answer });
  try {
    return await followRun(run, context.progress, context.words);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : withOverlay(error, chooser.overlayWritten);
  }
}
