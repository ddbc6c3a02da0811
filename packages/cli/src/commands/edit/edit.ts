import { backendsNamed, chooseBackends } from '../../backends.ts';
import { brainNamed, chooseBrain } from '../../brain.ts';
import { exitCodes } from '../../exit-codes.ts';
import { checkRoot } from '../../files/root.ts';
import type { EditOutput } from '../../json-output.ts';
import { withStudio } from '../../studio/open-studio.ts';
import type { Command, CommandContext, Finished } from '../command.ts';
import { checkEditFiles } from './edit-files.ts';
import { editExamples, editOptions } from './edit-options.ts';
import { readEditRequest } from './edit-request.ts';
import { openEditSource } from './edit-source.ts';
import { editText } from './edit-text.ts';
import { Respondent, runRequest } from './run-request.ts';
import { refuseTransparency } from './transparency.ts';
import { isWordsAlone } from './words-without-deeds.ts';
import { writeEdit } from './write-edit.ts';
import { writeRecipe } from './write-recipe.ts';

export const edit: Command = {
  name: 'edit',
  summary: 'Change a picture by saying what to do',
  usage: 'PHOTO "REQUEST" [-o OUT]',
  about: [
    'Finds what the request is about, cuts it out, changes only that, and looks again. Nothing outside the edited area changes.',
    'Without -o the result is PHOTO-edited.png in the current folder; an existing file gets a number instead (-2, -3, ...). The photo itself is never overwritten.',
    'A request that changes nothing (a question) prints its answer and writes no file; nor is one written where no pixel changed, unless -o names it. What was planned and not done is listed, and the exit code is 4.',
    'With --session NAME the next request goes on from here: leave PHOTO out. A photo that is named is edited as it came.',
    'Another brain than the planner is a service or a server: the request and reduced pictures are sent there, and a note says so. Its key is read from the environment (OPENAI_API_KEY; GOOGLE_GENERATIVE_AI_API_KEY; for compatible, ATELIER_BRAIN_URL and, where needed, ATELIER_BRAIN_KEY) only when the brain is named.',
  ],
  options: editOptions,
  examples: editExamples,
  requestOf: (args) => args.positionals.slice(args.has('session') ? 0 : 1).join(' '),
  blank: (args, env) => ({
    command: 'edit',
    status: 'failure',
    answer: null,
    output: null,
    output_image_url: null,
    image: null,
    flattened: false,
    edits: [],
    notDone: [],
    verified: false,
    session: args.get('session') ?? null,
    recipe: null,
    brain: brainNamed(args.get('brain'), env),
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress } = context;
  const wanted = readEditRequest(args);
  const brain = await chooseBrain(args.get('brain'), io.env);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const source = await openEditSource(context, wanted);
  for (const root of wanted.roots) await checkRoot(root);
  const files = await checkEditFiles(wanted, source.picture);
  const respondent = new Respondent(context, wanted.choices, files);
  // The photo is given by its pixels: folders limit only what the request may open.
  const roots = wanted.roots.length > 0 ? wanted.roots : undefined;
  const studio = { backends, brain, doing: words.planning, roots, stores: source.stores };
  return withStudio(context, studio, async (opened) => {
    if (brain.sentTo === undefined) await refuseTransparency(files.output, wanted.request);
    const session = await source.open(opened);
    const { result, plan } = await runRequest(context, session, wanted, respondent);
    // The built-in planner says only what tools answered.
    const isDoubtful = brain.sentTo !== undefined && (await isWordsAlone(result, plan, wanted.request));
    const written = await writeEdit(context, result, session, {
      file: files.output,
      named: wanted.output !== undefined,
    });
    const recipe = files.recipe && (await writeRecipe(files.recipe, session));
    const output: EditOutput = {
      ...written,
      verified: written.verified && !isDoubtful,
      session: wanted.session ?? null,
      recipe: recipe ? recipe.path : null,
      brain: brain.name,
      backends: [...backends.names],
      durationMs: context.elapsed(),
    };
    return {
      exitCode: output.verified ? exitCodes.done : exitCodes.notVerified,
      output,
      text: editText(context, output, { picture: files.output, isNamed: wanted.output !== undefined, recipe }),
      notes: [
        ...(respondent.hasUnusedChoice ? [words.choiceUnused] : []),
        ...respondent.unanswered.map(words.notApproved),
        ...(isDoubtful ? [words.wordsAlone] : []),
        ...(files.recipe && !recipe ? [words.noRecipe] : []),
      ],
    };
  });
}
