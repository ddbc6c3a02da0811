import { SetupError } from '../../../setup-error.ts';
import { printable } from '../../../terminal/printable.ts';
import { askLine } from '../../../terminal/prompt.ts';
import { styleFor } from '../../../terminal/style.ts';
import type { CommandContext } from '../../command.ts';
import { runProgram } from '../environment/run-program.ts';
import { byteText } from '../environment/sizes.ts';
import { planText } from './plan-text.ts';
import { type PullDone, type PullEvent, type PullPlan, type PullProblem, readPullEvent } from './pull-events.ts';
import type { PullWords } from './words.ts';

export interface PullOptions {
  readonly context: CommandContext;
  readonly words: PullWords;
  readonly python: string;
  readonly packageFolder: string;
  readonly models: readonly string[];
  /** See `modelsEnvironment`. */
  readonly env: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  readonly verify: boolean;
  /** Nobody is asked. */
  readonly yes: boolean;
}

/** What came of it. */
export interface Pulled {
  readonly plan: PullPlan | undefined;
  readonly problems: readonly PullProblem[];
  readonly done: PullDone;
}

/** Runs the pull and tells what it does, asking where it asks. Throws `pull-failed` where it ends without saying how. */
export async function followPull(options: PullOptions): Promise<Pulled> {
  const { context, words, python, packageFolder, models, env, dryRun, verify, yes } = options;
  const { io, progress } = context;
  const follower = new Follower(context, words);
  const flags = [...(dryRun ? ['--dry-run'] : []), ...(verify ? ['--verify'] : []), ...(yes ? ['--yes'] : [])];
  progress.update(words.planning);
  const { tail } = await runProgram(
    python,
    ['-m', 'atelier_models.weights.pull', '--models', models.join(','), '--json', ...flags],
    {
      env: { ...io.env, ...env, PYTHONPATH: packageFolder, PYTHONDONTWRITEBYTECODE: '1' },
      signal: io.signal,
      talks: true,
      // So that it tells where it stands, and goes on from there the next time.
      stopSignal: 'SIGINT',
      onLine: (line, answer) => {
        const event = readPullEvent(line);
        if (event) follower.take(event, answer);
      },
      onErrorLine: () => {},
    },
  );
  const { plan, problems, done } = follower;
  if (done) return { plan, problems, done };
  throw new SetupError({ code: 'pull-failed', message: words.brokeOff, lines: tail.slice(-8) });
}

/** Turns events into lines, and keeps what the result is made of. */
class Follower {
  plan: PullPlan | undefined;
  done: PullDone | undefined;
  readonly problems: PullProblem[] = [];
  readonly #context: CommandContext;
  readonly #words: PullWords;
  /** Bytes that are here, of each model that is fetched. */
  readonly #here = new Map<string, number>();

  constructor(context: CommandContext, words: PullWords) {
    this.#context = context;
    this.#words = words;
  }

  take(event: PullEvent, answer: (text: string) => void): void {
    const { progress } = this.#context;
    const words = this.#words;
    if (event.event === 'plan') this.#tellPlan(event);
    else if (event.event === 'question') void this.#ask(answer);
    else if (event.event === 'progress') this.#tellProgress(event);
    else if (event.event === 'fetched') {
      progress.done(words.fetched(event.model, byteText(event.bytes)), event.seconds * 1000);
    } else if (event.event === 'error') this.#tellProblem(event);
    else this.done = event;
  }

  #tellPlan(plan: PullPlan): void {
    this.plan = plan;
    const { io, progress, args } = this.#context;
    if (args.has('quiet')) return;
    progress.clear();
    const width = io.isTty.stderr ? io.stderr.columns : undefined;
    io.stderr.write(`${planText(plan, { words: this.#words, style: styleFor('stderr', io), width })}\n`);
  }

  async #ask(answer: (text: string) => void): Promise<void> {
    const { io, progress } = this.#context;
    progress.clear();
    const reply = await askLine(io, this.#words.fetchNow(byteText(this.plan?.bytes_to_fetch ?? 0)));
    answer(/^\s*(y|yes|예|네)\s*$/i.test(reply ?? '') ? 'yes\n' : 'no\n');
  }

  #tellProgress({ model, phase, bytes, total }: Extract<PullEvent, { event: 'progress' }>): void {
    const { progress } = this.#context;
    if (phase === 'verify') {
      progress.update(this.#words.verifying(model), share(bytes, total));
      return;
    }
    this.#here.set(model, bytes);
    const wanted = this.plan?.models.filter(({ bytes_to_fetch }) => bytes_to_fetch > 0) ?? [];
    const all = wanted.reduce((sum, planned) => sum + planned.bytes, 0);
    const here = wanted.reduce(
      (sum, planned) => sum + (this.#here.get(planned.model) ?? planned.bytes - planned.bytes_to_fetch),
      0,
    );
    progress.update(this.#words.fetching(model, byteText(bytes), byteText(total)), share(here, all));
  }

  #tellProblem(problem: PullProblem): void {
    this.problems.push(problem);
    // One of the whole run is the command's own error.
    if (problem.model === null) return;
    const { io, progress, words } = this.#context;
    progress.clear();
    const style = styleFor('stderr', io);
    const told = printable(this.#words.problem(problem));
    io.stderr.write(`${style('red', words.error)} ${told}\n`);
    if (problem.url !== null && !told.includes(problem.url)) {
      io.stderr.write(`${style('cyan', words.see)} ${printable(problem.url)}\n`);
    }
  }
}

const share = (part: number, all: number): number => (all > 0 ? Math.min(100, (100 * part) / all) : 100);
