import { resolve } from 'node:path';
import type { ServeOutput } from '../../json-server-output.ts';
import type { Style } from '../../terminal/style.ts';
import { factLines } from '../fact-lines.ts';
import { quoted } from './shell-word.ts';
import type { ServeWords } from './words.ts';

/** Eight by eight pixels: enough to see a job run where there is no photograph at hand. */
const tinyPicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAgMAAAC5YVYYAAAADFBMVEWLi1qLLFosi1osLFqCBsCYAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAG0lEQVQImWP4H8rw/yoDiAxlWMXAsKoBTDIAAH9QCPkh8l3PAAAAAElFTkSuQmCC';

/** What only the text says, and not `--json`. */
export interface ReadyFacts {
  readonly sample: string | undefined;
  /** Whether there is a key that opens anything, where one is needed. */
  readonly hasKey: boolean;
  /** What makes one. */
  readonly createKey: string;
}

/** What is printed when the API takes requests. */
export function readyText(output: ServeOutput, facts: ReadyFacts, words: ServeWords, style: Style): string {
  const { sample, hasKey, createKey } = facts;
  const { columns } = words;
  const access = output.open ? words.open(createKey) : hasKey ? words.closed : words.locked(createKey);
  const lines: [string, string][] = [
    [columns.address, style('bold', output.url ?? '')],
    [columns.access, access],
    [columns.database, output.database ?? ''],
    [columns.pictures, output.pictures ?? ''],
    [columns.backends, words.brain(output.backends, output.brain)],
    ...(output.worker ? [] : [[columns.worker, words.noWorker] satisfies [string, string]]),
    [columns.docs, `${output.url}/docs`],
  ];
  const lead = output.open ? words.tryIt : words.tryItWithKey;
  return [factLines(lines, style), '', lead, `  ${curlLine(output, sample, words)}`, '', words.untilStopped].join('\n');
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
