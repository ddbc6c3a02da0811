import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../bench/full-size/bench.ts';
import type { FullSizeRun } from '../../bench/full-size/report.ts';
import { fullSizeTableOf } from '../../bench/full-size/table.ts';
import { judge } from '../../bench/row.ts';

const configuration = {
  name: 'sam-huge',
  folder: '/weights/sam-huge',
  model: 'sam' as const,
  standsFor: 'facebook/sam-vit-huge',
  parameters: 641_090_864,
  published: 641_090_000,
  layers: null,
  dtype: 'bf16',
  settings: {},
};
const machine = { cores: 8, cpu: 'a cpu', node: '24', python: '', server: '', loadBefore: 0 };
const tableFor = (...runs: FullSizeRun[]) => fullSizeTableOf({ machine, device: 'cuda', quick: false, runs });
const times = { p50: 30, p90: 31 };

describe('fullSizeTableOf', () => {
  it('has latency, batches, throughput and memory, and what others published of the same model', () => {
    const what = 'new picture';
    const text = tableFor({
      configuration,
      precision: 'bf16',
      memory: { warmBytes: 2.1e9, peakBareBytes: 1.9e9 },
      rows: [
        {
          ...{ model: 'sam', what, wire: 'HTTP', calls: 1, triton: times, computeInferMs: 29, bare: times },
          ...{ plain: undefined, first: undefined, tokensPerSecond: undefined, over: judge(0, 30), fromCache: 0 },
        },
      ],
      batches: [{ what, size: 8, times: { p50: 200, p90: 210 } }],
      throughput: [{ model: 'sam', what, atOnce: 64, requestsPerSecond: 35, sizes: [[8, 8]] }],
    });
    expect(text).toContain(
      '| sam-huge (641 M) | bf16 | new picture | 30.0 / 31.0 | 30.0 / 31.0 | - | - | 35.0 (8 of 8) | 2.1 (1.9) |',
    );
    expect(text).toContain('8 at once: new picture | - | 200.0 / 210.0 |');
    expect(text).toContain('segment-anything-fast');
    expect(text).not.toContain('SDXL');
  });

  it('says why a precision has no figures', () => {
    const text = tableFor({
      ...{ configuration: { ...configuration, layers: 1 }, precision: 'int4', failure: 'sam: no int4 here.' },
      ...{ rows: [], batches: [], throughput: [] },
    });
    expect(text).toContain(
      '| sam-huge (641 M, only 1 of the layers) | int4 | sam: no int4 here. | - | - | - | - | - | - |',
    );
  });
});

it.each([
  [
    'tritonserver did not become ready: exited\n| Internal: TritonModelException: sd3: int8 is not there.\n',
    'sd3: int8 is not there.',
  ],
  ['The machine is gone.\nand more', 'The machine is gone.'],
])('the reason in %j', (words, reason) => {
  expect(reasonOf(new Error(words))).toBe(reason);
});
