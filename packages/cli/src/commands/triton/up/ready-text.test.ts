import { expect, it } from 'vitest';
import type { TritonUpOutput } from '../../../json-output.ts';
import { readyText } from './ready-text.ts';
import { upWordsIn } from './words.ts';

const output = (profile: TritonUpOutput['profile'], names: readonly string[]): TritonUpOutput => ({
  command: 'triton up',
  status: 'success',
  url: 'http://127.0.0.1:8000',
  grpcUrl: 'http://127.0.0.1:8001',
  metricsUrl: 'http://127.0.0.1:8002/metrics',
  pid: 1,
  profile,
  device: 'cpu',
  python: '/python',
  models: names.map((name) => ({ name, ready: true, loadMs: 1, reason: null })),
  durationMs: 1,
});

const all = ['vqa', 'owlv2', 'sam', 'sd3', 'clip'];
const plain = (_style: unknown, text: string) => text;

it.each<[TritonUpOutput['profile'], readonly string[], 'en' | 'ko', string]>([
  ['full', all, 'en', 'edit photo.jpg "replace the dog with a cat" --backend triton --url http://127.0.0.1:8000'],
  ['miniature', all, 'en', 'edit scene.png "replace the red ball with a blue cube" --backend triton'],
  ['miniature', all, 'ko', 'edit scene.png "빨간 공을 파란 정육면체로 바꿔 줘" --backend triton'],
  ['miniature', ['clip'], 'en', 'triton status --url http://127.0.0.1:8000'],
])('what to try with %s weights and %j, in %s', (profile, names, language, command) => {
  expect(readyText(output(profile, names), upWordsIn(language), plain)).toContain(`npx @atelier/cli ${command}`);
});
