import type { TritonUpOutput } from '../../../json-output.ts';
import type { Style } from '../../../terminal/style.ts';
import { factLines } from '../../fact-lines.ts';
import type { UpWords } from './words.ts';

/** What is printed when the server is ready. */
export function readyText(output: TritonUpOutput, words: UpWords, style: Style): string {
  const { url, grpcUrl, metricsUrl, device } = output;
  const ready = output.models.filter((model) => model.ready).map(({ name }) => name);
  const facts: [string, string][] = [
    [words.columns.http, style('bold', url ?? '')],
    [words.columns.grpc, grpcUrl ?? ''],
    [words.columns.metrics, metricsUrl ?? ''],
    [words.columns.models, `${ready.join(', ')} (${words.device[device ?? 'cpu']})`],
    [words.columns.try, tryCommand(output, ready, words)],
  ];
  return `${factLines(facts, style)}\n\n${words.untilStopped}`;
}

/** The next thing to do: an edit where the models for one are there, else a look at them. */
function tryCommand({ url, grpcUrl, profile }: TritonUpOutput, ready: readonly string[], words: UpWords): string {
  if (url === null || grpcUrl === null) return '';
  const paints = ['owlv2', 'sam', 'sd3'].every((name) => ready.includes(name));
  if (!paints) return `npx @atelier/cli triton status --url ${url}`;
  const usual = Number(new URL(grpcUrl).port) === Number(new URL(url).port) + 1;
  const server = `--url ${url}${usual ? '' : ` --grpc-url ${grpcUrl}`}`;
  const edit = profile === 'miniature' ? `scene.png "${words.blockworldRequest}"` : `photo.jpg "${words.request}"`;
  return `npx @atelier/cli edit ${edit} --backend triton ${server}`;
}
