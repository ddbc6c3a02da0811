import { rm } from 'node:fs/promises';
import type { ApprovalAnswer, ApprovalQuestion, Session } from '@atelier/sdk';
import { drawOverlay } from '@atelier/sdk/image';
import type { CommandContext } from '../commands/command.ts';
import { type OutputFile, writePicture } from '../files/output-file.ts';
import { printable } from '../terminal/printable.ts';
import { askLine } from '../terminal/prompt.ts';

/** Answers "may I?" by asking the person at the terminal, or not at all. */
export class Approver {
  readonly #context: CommandContext;
  readonly #files: { temporaryOverlay(): Promise<OutputFile> };
  readonly #unanswered: string[] = [];

  constructor(context: CommandContext, files: { temporaryOverlay(): Promise<OutputFile> }) {
    this.#context = context;
    this.#files = files;
  }

  /** Tools that waited for a yes where nobody could say it, each once. */
  get unanswered(): readonly string[] {
    return [...new Set(this.#unanswered)];
  }

  /** Undefined where nobody can answer. */
  async answer(question: ApprovalQuestion, session: Session): Promise<ApprovalAnswer | undefined> {
    const { io, json, progress } = this.#context;
    if (!io.isTty.stdin || !io.isTty.stderr || json) {
      this.#unanswered.push(question.tool);
      return undefined;
    }
    progress.clear();
    const shown = await this.#showPicture(question, session);
    try {
      return { approved: await this.#ask(question, shown) };
    } finally {
      if (shown) await rm(shown.path, { force: true });
    }
  }

  async #ask({ tool, input, reason }: ApprovalQuestion, shown: OutputFile | undefined): Promise<boolean> {
    const { io, words } = this.#context;
    const lines = [words.mayI(`${tool}${wordsOf(input)}`)];
    if (reason === 'not-planned') lines.push(words.notAskedFor);
    if (shown) lines.push(words.outlined(printable(shown.shown)));
    io.stderr.write(`\n${lines.join('\n')}\n`);
    for (;;) {
      const line = (await askLine(io, words.yesOrNo))?.trim().toLowerCase();
      if (!line || /^(n|no|아니요?|아니오|ㄴ)$/.test(line)) return false;
      if (/^(y|yes|예|네|응|ㅇ|ㅛ)$/.test(line)) return true;
    }
  }

  /** The place that would change, outlined, where the call names one. */
  async #showPicture({ image, input }: ApprovalQuestion, session: Session): Promise<OutputFile | undefined> {
    if (image === null || typeof input.mask !== 'string') return undefined;
    const mask = await session.loadMask(input.mask).catch(() => undefined);
    if (!mask) return undefined;
    const picture = await session.loadImage(image);
    if (mask.width !== picture.width || mask.height !== picture.height) return undefined;
    const file = await this.#files.temporaryOverlay();
    const { width, height } = picture;
    await writePicture(file, { width, height, data: await drawOverlay(picture, [{ mask, label: '' }]) });
    return file;
  }
}

/** The words of a call, without ids, which say nothing to people: ` (prompt: a cat, seed: 7)`. */
function wordsOf(input: ApprovalQuestion['input']): string {
  const told = Object.entries(input).flatMap(([name, value]) => {
    if (name === 'image' || name === 'mask' || value === undefined || value === null) return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [`${name}: ${printable(text).slice(0, 200)}`];
  });
  return told.length > 0 ? ` (${told.join(', ')})` : '';
}
