import { backendOptions } from '../../backends.ts';
import type { OptionSpec } from '../../options.ts';
import type { Example } from '../command.ts';

export const editOptions: readonly OptionSpec[] = [
  { name: 'output', short: 'o', value: 'FILE', help: 'Where to write: .png, .webp (both lossless) or .jpg' },
  {
    name: 'choice',
    value: 'N',
    multiple: true,
    help: 'Answers "which one?" with a candidate\'s number; once for each question',
  },
  { name: 'overlay', value: 'FILE', help: 'Where to write the picture with the candidates numbered, if that is asked' },
  {
    name: 'protect',
    value: 'WHAT',
    multiple: true,
    help: 'What no edit may change: faces, text, a box x,y,w,h, phrase:WORDS; several with commas, or repeated',
  },
  {
    name: 'approve',
    value: 'edits|never',
    help: 'edits: asks "May I?" before each edit; where nobody can answer, it is not done (default: never)',
  },
  {
    name: 'session',
    value: 'NAME',
    help: 'Keeps pictures, edits and what was said in .atelier (or ATELIER_DIR), to go on later without PHOTO',
  },
  { name: 'recipe', value: 'FILE', help: 'Where to write what was done as a recipe, for atelier batch' },
  {
    name: 'root',
    value: 'FOLDER',
    multiple: true,
    help: 'Folder whose pictures a request may open ("open FOLDER/b.png and ..."); may be repeated',
  },
  {
    name: 'brain',
    value: 'NAME',
    help: 'Who plans: planner, built in and offline (default), openai:MODEL, google:MODEL or compatible:MODEL (or ATELIER_BRAIN)',
  },
  { name: 'max-steps', value: 'N', help: 'Most calls of the brain (default: 40)' },
  { name: 'max-seconds', value: 'N', help: 'Most time, waiting for you left out (default: 900)' },
  ...backendOptions,
];

export const editExamples: readonly Example[] = [
  { line: 'atelier edit coffee.png "remove the cup"', does: 'writes coffee-edited.png' },
  { line: 'atelier edit cups.png "make the left cup blue" -o blue.png', does: 'picks by place' },
  { line: 'atelier edit cups.png "remove the cup" --choice 2', does: 'picks by number' },
  { line: 'atelier edit coffee.png "컵을 지워 줘" --json', does: 'answers in Korean, as JSON' },
  { line: 'atelier edit coffee.png "remove the cup" --session tea', does: 'begins a session ...' },
  { line: 'atelier edit "undo that" --session tea', does: '... and goes on with it' },
  {
    line: 'atelier edit coffee.png "brighten the picture" --recipe bright.json',
    does: 'keeps what was done for others',
  },
  { line: 'atelier edit people.png "blur the background" --protect faces,text', does: 'no face and no letter changes' },
  {
    line: 'atelier edit a.png "turn the ball into a cube" --backend triton --url http://gpu:8000',
    does: 'paints on a server',
  },
];
