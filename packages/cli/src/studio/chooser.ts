import { rm } from 'node:fs/promises';
import type { Candidate } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Pixels } from '@atelier/sdk/image';
import type { CommandContext } from '../commands/command.ts';
import { type OutputFile, writePicture } from '../files/output-file.ts';
import { candidateColumns, candidateRow } from '../terminal/candidate-table.ts';
import { printable } from '../terminal/printable.ts';
import { askLine } from '../terminal/prompt.ts';
import { questionText } from '../terminal/question-text.ts';
import { renderTable } from '../terminal/table.ts';

/** "Which one?", with the picture that shows the numbers. */
export interface ChoiceQuestion {
  readonly reason: 'ambiguous' | 'no-match';
  readonly phrase: string;
  readonly candidates: readonly Candidate[];
  overlay(): Promise<Pixels>;
}

export interface ChooserOptions {
  /** The answers of `--choice`: the first is for the first question, and so on. */
  readonly choices: readonly number[];
  /** Where `--overlay` wants the numbered picture. */
  readonly overlay: OutputFile | undefined;
  /** Where it lies while a person is asked, without `--overlay`. */
  readonly temporaryOverlay: () => Promise<OutputFile>;
}

/** Answers "which one?": from `--choice`, by asking the person at the terminal, or not at all. */
export class Chooser {
  readonly #context: CommandContext;
  readonly #options: ChooserOptions;
  readonly #answered = new Map<string, number>();
  #asked = 0;
  #overlayWritten: string | undefined;

  constructor(context: CommandContext, options: ChooserOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Path of the numbered picture that `--overlay` asked for, once a question made it. */
  get overlayWritten(): string | undefined {
    return this.#overlayWritten;
  }

  /** Whether an answer was given that no question asked for. */
  get hasUnusedChoice(): boolean {
    return this.#options.choices.length > this.#asked;
  }

  /** The number of a candidate; undefined where nobody can say. Throws `cancelled` when the person wants none. */
  async answer(question: ChoiceQuestion): Promise<number | undefined> {
    // The same words in a later step mean the same thing.
    const key = `${question.phrase}\n${question.candidates.map(({ box }) => Object.values(box).join()).join('\n')}`;
    const known = this.#answered.get(key);
    if (known !== undefined) return known;
    const { overlay, choices } = this.#options;
    if (overlay) {
      await writePicture(overlay, await question.overlay());
      this.#overlayWritten = overlay.path;
    }
    const choice = choices[this.#asked++] ?? (this.#isInteractive ? await this.#askPerson(question) : undefined);
    if (choice !== undefined) this.#answered.set(key, choice);
    return choice;
  }

  get #isInteractive(): boolean {
    const { io, json } = this.#context;
    return io.isTty.stdin && io.isTty.stderr && !json;
  }

  async #askPerson(question: ChoiceQuestion): Promise<number> {
    const { io, words, progress } = this.#context;
    const { candidates } = question;
    progress.clear();
    const { overlay } = this.#options;
    const shown = overlay ?? (await this.#options.temporaryOverlay());
    if (!overlay) await writePicture(shown, await question.overlay());
    try {
      const table = renderTable(candidateColumns(words), candidates.map(candidateRow), { width: io.stderr.columns });
      io.stderr.write(
        `\n${printable(questionText(question, words))}\n\n${table}\n\n${words.numbered(printable(shown.shown))}\n`,
      );
      return await this.#readNumber(candidates.length);
    } finally {
      if (!overlay) await rm(shown.path, { force: true });
    }
  }

  async #readNumber(most: number): Promise<number> {
    const { io, words } = this.#context;
    for (;;) {
      const line = (await askLine(io, words.enterNumber))?.trim();
      if (!line) throw new AtelierError({ code: 'cancelled', message: words.cancelled });
      if (/^\d{1,6}$/.test(line) && Number(line) >= 1 && Number(line) <= most) return Number(line);
      io.stderr.write(`${words.notANumber(most)}\n`);
    }
  }
}
