import { backendOptions, backendsNamed, chooseBackends } from '../backends.ts';
import { exitCodes } from '../exit-codes.ts';
import { readPhoto } from '../files/photo.ts';
import { withStudio } from '../studio/open-studio.ts';
import { printableLines } from '../terminal/printable.ts';
import { showWords } from '../terminal/show-words.ts';
import { UsageError } from '../usage-error.ts';
import type { Command, CommandContext, Finished } from './command.ts';

export const ask: Command = {
  name: 'ask',
  summary: 'Ask a question about a picture',
  usage: 'PHOTO "QUESTION"',
  about: ['Prints the answer. A question that no backend can answer ends with code 3 and says what could.'],
  options: backendOptions,
  examples: [
    { line: 'atelier ask cups.png "how many cups are there?"', does: 'counts' },
    { line: 'atelier ask coffee.png "컵이 있나요?"', does: 'answers in Korean' },
    {
      line: 'atelier ask cups.png "what is on it?" --backend triton --url http://gpu-box:8000',
      does: 'asks a server',
    },
  ],
  requestOf: (args) => args.positionals.slice(1).join(' '),
  blank: (args) => ({
    command: 'ask',
    status: 'failure',
    answer: null,
    backend: null,
    model: null,
    backends: [...backendsNamed(args)],
    durationMs: 0,
  }),
  run,
};

async function run(context: CommandContext): Promise<Finished> {
  const { args, io, words, progress, language } = context;
  const [path, ...parts] = args.positionals;
  const question = parts.join(' ').trim();
  if (path === undefined) throw new UsageError('no photo was given', 'atelier ask PHOTO "QUESTION"');
  if (question === '')
    throw new UsageError('no question was given', `ask something: atelier ask ${path} "how many cups are there?"`);
  const backends = chooseBackends(args, io.env);
  progress.update(words.loading);
  const { image } = await readPhoto(path, io.signal);
  const { answer, confidence, backend, model } = await withStudio(
    context,
    { backends, doing: words.asking },
    (studio) => studio.vision.ask(image, { question, language, signal: io.signal, onText: showWords(progress) }),
  );
  return {
    exitCode: exitCodes.done,
    output: {
      command: 'ask',
      status: 'success',
      answer,
      ...(confidence === undefined ? {} : { confidence }),
      backend,
      model,
      backends: [...backends.names],
      durationMs: context.elapsed(),
    },
    text: printableLines(answer),
  };
}
