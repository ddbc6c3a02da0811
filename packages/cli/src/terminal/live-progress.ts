import type { Io } from '../io.ts';
import { printable } from './printable.ts';
import type { Progress } from './progress.ts';
import { seconds, stepName } from './step-words.ts';
import { type Style, styleFor } from './style.ts';
import { clip, displayWidth } from './width.ts';

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 80;
const eraseLine = '\r\x1b[2K';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';

interface Shown {
  readonly message: string;
  readonly percent: number | undefined;
}

/** One line, redrawn in place; finished steps are left above it. */
export function liveProgress(io: Io): Progress {
  const style = styleFor('stderr', io);
  const began = performance.now();
  let shown: Shown | undefined;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const columns = () => io.stderr.columns || 80;

  const draw = () => {
    if (shown)
      io.stderr.write(
        eraseLine + renderLine(shown, frames[frame++ % frames.length], performance.now() - began, columns(), style),
      );
  };
  const clear = () => {
    if (!shown) return;
    shown = undefined;
    clearInterval(timer);
    io.stderr.write(eraseLine + showCursor);
  };
  /** Writes a line above the moving one. */
  const leave = (line: string) => {
    io.stderr.write(`${shown ? eraseLine : ''}${line}\n`);
    draw();
  };
  return {
    update(message, percent) {
      if (!shown) {
        io.stderr.write(hideCursor);
        timer = setInterval(draw, frameMs).unref();
      }
      shown = { message: printable(message), percent };
      draw();
    },
    done(message, durationMs) {
      const time = `  ${seconds(durationMs)}`;
      // "✓ " before it, and the last column stays free.
      const room = columns() - 3;
      const timed = room - time.length >= 8;
      const name = clip(stepName(message), timed ? room - time.length : room);
      leave(`${style('green', '✓')} ${name}${timed ? style('dim', time) : ''}`);
    },
    note: (text) => leave(style('dim', clip(printable(text), columns() - 1))),
    clear,
  };
}

/** Spinner, bar, percentage, message and time, without what a narrow terminal has no room for. */
function renderLine(shown: Shown, spinner: string, elapsedMs: number, columns: number, style: Style): string {
  const time = seconds(elapsedMs);
  const bar = shown.percent === undefined || columns < 50 ? undefined : renderBar(shown.percent, style);
  const percent = shown.percent === undefined ? '' : `${String(Math.round(shown.percent)).padStart(3)} %`;
  // The last column stays free: some terminals wrap when it is filled.
  const room =
    columns -
    1 -
    [2, bar ? barWidth + 1 : 0, percent ? percent.length + 2 : 0, time.length + 2].reduce((a, b) => a + b);
  const message = clip(shown.message, Math.max(0, room));
  const parts = [style('cyan', spinner), ' ', bar ? `${bar} ` : '', percent ? `${percent}  ` : '', message];
  const line = parts.join('');
  return displayWidth(message) > 0 && columns >= 30 ? `${line}  ${style('dim', time)}` : line;
}

const barWidth = 20;

function renderBar(percent: number, style: Style): string {
  const full = Math.round((Math.min(100, Math.max(0, percent)) / 100) * barWidth);
  return style('cyan', '━'.repeat(full)) + style('dim', '─'.repeat(barWidth - full));
}
