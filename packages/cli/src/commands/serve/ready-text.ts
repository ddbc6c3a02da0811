import { resolve } from 'node:path';
import type { ServeOutput } from '../../json-output.ts';
import type { Style } from '../../terminal/style.ts';
import { factLines } from '../fact-lines.ts';
import type { ServeWords } from './words.ts';

/** Eight by eight pixels: enough to see a job run where there is no photograph at hand. */
const tinyPicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAgMAAAC5YVYYAAAADFBMVEWLi1qLLFosi1osLFqCBsCYAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAG0lEQVQImWP4H8rw/yoDiAxlWMXAsKoBTDIAAH9QCPkh8l3PAAAAAElFTkSuQmCC';

/** What is printed when the API takes requests. */
export function readyText(output: ServeOutput, sample: string | undefined, words: ServeWords, style: Style): string {
  const { columns } = words;
  const facts: [string, string][] = [
    [columns.address, style('bold', output.url ?? '')],
    [columns.access, output.open ? words.open : words.closed],
    [columns.database, output.database ?? ''],
    [columns.pictures, output.pictures ?? ''],
    [columns.backends, words.brain(output.backends, output.brain)],
    ...(output.worker ? [] : [[columns.worker, words.noWorker] satisfies [string, string]]),
    [columns.docs, `${output.url}/docs`],
  ];
  const lead = output.open ? words.tryIt : words.tryItWithKey;
  return [factLines(facts, style), '', lead, `  ${curlLine(output, sample, words)}`, '', words.untilStopped].join('\n');
}

/** Works as it is pasted into a shell. */
export function curlLine({ url, open }: ServeOutput, sample: string | undefined, { request }: ServeWords): string {
  const key = open ? '' : ' -H "Authorization: Bearer $KEY"';
  // In the value of -F a semicolon has a meaning; a data URL holds one.
  const image =
    sample === undefined
      ? `--form-string ${quoted(`image=${tinyPicture}`)}`
      : `-F ${quoted(`image=@${resolve(sample)}`)}`;
  return `curl${key} ${image} --form-string ${quoted(`prompt=${request}`)} ${url}/agent/invoke`;
}

/** For POSIX shells; in Windows' own only double quotes hold words together. */
function quoted(text: string): string {
  if (process.platform === 'win32') return `"${text.replaceAll('"', '')}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
