import { describe, expect, it } from 'vitest';
import type { TritonModelStatus, TritonServerStatus } from '../../json-output.ts';
import { displayWidth } from '../../terminal/width.ts';
import { serverText } from './status-text.ts';
import { tritonWordsIn } from './words.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

const model = (name: string, more: Partial<TritonModelStatus> = {}): TritonModelStatus => ({
  name,
  version: '1',
  state: 'READY',
  ready: true,
  reason: null,
  requests: { ok: 1200, failed: 3 },
  queueMs: 0.123,
  computeMs: 34.56,
  batchSize: 2.5,
  cacheHits: 0.25,
  lastUsed: new Date(now - 150_000).toISOString(),
  ...more,
});

const idle = { requests: null, queueMs: null, computeMs: null, batchSize: null, cacheHits: null, lastUsed: null };

const server = (models: readonly TritonModelStatus[], more: Partial<TritonServerStatus> = {}): TritonServerStatus => ({
  server: 'http://gpu-box:8000',
  live: true,
  ready: true,
  name: 'triton',
  version: '2.51.0',
  models: [...models],
  ...more,
});

const text = (status: TritonServerStatus, width?: number, language: 'en' | 'ko' = 'en') =>
  serverText(status, { words: tritonWordsIn(language), style: (_format, words) => words, width, now, error: 'error:' });

describe('serverText', () => {
  it('is a line on the server and a table of its models', () => {
    const models = [
      model('owlv2'),
      model('sam', {
        requests: { ok: 0, failed: 0 },
        queueMs: null,
        computeMs: null,
        batchSize: null,
        cacheHits: null,
        lastUsed: null,
      }),
      model('sd3', { state: 'LOADING', ready: false, ...idle }),
    ];
    expect(text(server(models))).toBe(
      [
        'http://gpu-box:8000  triton 2.51.0  live, ready',
        'Model  Ver.  State      OK  Failed  Queue ms  Infer ms  Batch  Cached  Last used',
        'owlv2     1  ready    1200       3      0.12      34.6    2.5    25 %     2m ago',
        'sam       1  ready       0       0         -         -      -       -      never',
        'sd3       1  loading     -       -         -         -      -       -          -',
      ].join('\n'),
    );
  });

  it('says below why a model is not ready, in the first line of the server’s words', () => {
    const broken = { state: 'UNAVAILABLE', ready: false, ...idle };
    const models = [
      model('broken', { ...broken, reason: 'Internal: no weights\n\nAt:\n  model.py(1)' }),
      model('resting', { ...broken, reason: 'unloaded' }),
      model('untouched', { ...broken, state: null, version: null }),
    ];
    const lines = text(server(models, { ready: false })).split('\n');
    expect(lines[0]).toMatch(/live, NOT READY$/);
    expect(lines.slice(2).map((line) => line.split(/ {2,}/)[2])).toEqual([
      'failed',
      'unloaded',
      'not loaded',
      undefined,
    ]);
    expect(lines.slice(5)).toEqual(['broken 1: Internal: no weights']);
  });

  it('tells a server that is not live from one without models', () => {
    expect(text(server([], { live: false, ready: false, name: null, version: null }))).toBe(
      'http://gpu-box:8000  NOT LIVE, NOT READY',
    );
    expect(text(server([]))).toMatch(/ready\nNo models\.$/);
  });

  it('says below that models may be missing which are not loaded', () => {
    const shown = (more: Partial<TritonServerStatus>) => text(server([model('owlv2')], more)).split('\n');
    expect(shown({}).length).toBe(3);
    expect(shown({ loadedOnly: true })[3]).toMatch(/^Only loaded models are shown/);
  });

  it.each([30, 44, 60, 80, 100])('keeps within %i columns, also with wide names', (width) => {
    const models = [model('아주_긴_이름의_모델_하나'), model('a-model-with-quite-a-long-name')];
    for (const language of ['en', 'ko'] as const) {
      const lines = text(server(models, { server: 'http://a:1' }), width, language)
        .split('\n')
        .slice(1);
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      expect(lines.join('\n')).toContain('1200');
    }
  });

  it('puts the columns of wide names under one another', () => {
    const [title, ...rows] = text(server([model('모델'), model('owlv2')]), 120)
      .split('\n')
      .slice(1);
    expect(new Set([title, ...rows].map(displayWidth)).size).toBe(1);
  });

  it('never lets a server write to the terminal', () => {
    const models = [model('a\u001b[2Jb', { state: '\u001b]0;x\u0007', reason: '\u202egnp', ready: false })];
    for (const width of [undefined, 30]) {
      const shown = text(server(models, { name: '\u001b[31m', version: '\r' }), width);
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });
});
